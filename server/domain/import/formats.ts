import { columnKey, IMPORT_FIELDS, type ImportMapping, isPersonal, OWN_COLUMNS } from './fields.ts';

export const IMPORT_FORMATS = [
  'conan',
  'multitarget-conan',
  'dialoconan',
  'knowledge-conan',
  'own',
  'unknown',
] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

type ImportNames = Partial<Record<(typeof IMPORT_FIELDS)[number], readonly string[]>>;

interface Recognised {
  format: ImportFormat;
  /** Proposed name of the collection; empty when the file has to give it. */
  collection: string;
  mapping: ImportMapping;
}

/** The published shapes: their columns say what they are. Source: the README of each collection. */
const PUBLISHED: readonly Recognised[] = [
  {
    format: 'conan',
    collection: 'CONAN',
    mapping: {
      key: 'cn_id',
      claim: 'hateSpeech',
      text: 'counterSpeech',
      topics: 'hsType',
      subtopics: 'hsSubType',
      strategies: 'cnType',
    },
  },
  {
    format: 'multitarget-conan',
    collection: 'Multitarget-CONAN',
    mapping: { key: 'INDEX', claim: 'HATE_SPEECH', text: 'COUNTER_NARRATIVE', targets: 'TARGET' },
  },
  {
    format: 'dialoconan',
    collection: 'DIALOCONAN',
    mapping: { text: 'text', targets: 'TARGET', dialogue: 'dialogue_id', turn: 'turn_id', side: 'type' },
  },
  {
    format: 'knowledge-conan',
    collection: 'Knowledge-grounded CONAN',
    mapping: {
      claim: 'hate_speech',
      knowledge: 'knowledge_sentence',
      text: 'counter_narrative',
      targets: 'target',
    },
  },
];

/** What people call a column beside its own name. */
const OTHER_NAMES: ImportNames = {
  text: ['answer', 'counter speech', 'counter narrative', 'response'],
  claim: ['narrative', 'harmful narrative', 'harmful claim', 'hate speech'],
  language: ['lang'],
  targets: ['target'],
  topics: ['topic'],
  strategies: ['strategy'],
  tags: ['tag'],
};

/**
 * What a file with these columns is, and which of them means what. A file of no known shape gets the columns whose
 * names say it; the person who brings it corrects the rest.
 */
export function recogniseFormat(columns: readonly string[]): Recognised {
  const byKey = new Map(columns.map((column) => [columnKey(column), column]));
  for (const { mapping, ...known } of PUBLISHED) {
    const entries = Object.entries(mapping).map(([field, column]) => [field, byKey.get(columnKey(column))]);
    if (entries.every(([, column]) => column !== undefined))
      return { ...known, mapping: Object.fromEntries(entries) };
  }
  const mapping: ImportMapping = {};
  for (const field of IMPORT_FIELDS) {
    const column = [field, ...(OTHER_NAMES[field] ?? [])]
      .map((name) => byKey.get(columnKey(name)))
      .find((found) => found !== undefined);
    if (column !== undefined && !isPersonal(column)) mapping[field] = column;
  }
  const isOwn = mapping.text !== undefined && columns.every((column) => isOwnColumn(column));
  return { format: isOwn ? 'own' : 'unknown', collection: '', mapping };
}

function isOwnColumn(column: string): boolean {
  return OWN_COLUMNS.some((own) => columnKey(own) === columnKey(column));
}
