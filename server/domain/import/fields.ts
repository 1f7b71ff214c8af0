/** The columns of our own file, as the template has them; several values of one cell stand apart by semicolons. */
export const OWN_COLUMNS = [
  'text',
  'language',
  'claim',
  'targets',
  'severity',
  'strategies',
  'tone',
  'standing',
  'knowledge',
  'tags',
  'collection',
  'key',
] as const;

/** What a column of a file can mean to the library: our own, and what published collections have besides. */
export const IMPORT_FIELDS = [...OWN_COLUMNS, 'topics', 'subtopics', 'dialogue', 'turn', 'side'] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Which column of the file holds which field; a field without a column is not in the file. */
export type ImportMapping = Partial<Record<ImportField, string>>;

const PERSONAL = new Set([
  'age',
  'gender',
  'sex',
  'education',
  'educationlevel',
  'annotator',
  'annotatorid',
  'author',
  'authorid',
  'user',
  'userid',
  'username',
  'handle',
  'email',
  'phone',
]);

/** A column's name as names are compared: `Education_Level` and `educationLevel` are one. */
export function columnKey(column: string): string {
  return column.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Whether a column speaks of the people behind a text. Such a column is never read (domain rule 6). */
export function isPersonal(column: string): boolean {
  return PERSONAL.has(columnKey(column));
}
