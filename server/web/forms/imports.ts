import { z } from 'zod';
import { IMPORT_FIELDS, type ImportField, type ImportMapping } from '../../domain/import/fields.ts';
import { IMPORT_ENCODINGS } from '../../domain/import.ts';
import { languageTag } from '../../domain/variant.ts';
import { choice, line, optionalLine, wholeNumber } from './fields.ts';

/** The file itself is no field: it is read while it arrives. */
export const uploadForm = z.strictObject({});

const column = z.string().max(200).default('');
const columns = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, column])) as Record<
  ImportField,
  typeof column
>;

/** Fields for which no column was chosen are left out. */
const mapping = z
  .strictObject(columns)
  .default({} as never)
  .transform(
    (chosen): ImportMapping => Object.fromEntries(Object.entries(chosen).filter(([, name]) => name !== '')),
  );

const language = optionalLine(35).transform((typed, issues) => {
  const tag = typed === '' ? '' : languageTag(typed);
  if (tag !== null) return tag;
  issues.addIssue({ code: 'custom', message: 'imports.wrong-language' });
  return z.NEVER;
});

export const mappingForm = z.strictObject({
  mapping,
  language,
  severity: wholeNumber(1, 5),
  collection: line(120),
});

export const encodingForm = z.strictObject({ encoding: choice(IMPORT_ENCODINGS) });
