import { model, Schema } from 'mongoose';
import { IMPORT_FORMATS } from '../domain/import/formats.ts';
import { IMPORT_ENCODINGS, IMPORT_STATES, type Import } from '../domain/import.ts';
import { isDemo, optionalDate, optionalText, stringId, text, watched } from './document.ts';

const required = { type: String, required: true };
const count = { type: Number, default: 0 };

const schema = new Schema<Import>(
  {
    _id: stringId,
    name: required,
    sizeBytes: { type: Number, required: true },
    container: { type: String, enum: ['csv', 'json'], required: true },
    encoding: { type: String, enum: IMPORT_ENCODINGS, required: true },
    columns: [String],
    format: { type: String, enum: IMPORT_FORMATS, required: true },
    settings: {
      mapping: { type: Schema.Types.Mixed, default: () => ({}) },
      language: text,
      severity: { type: Number, min: 1, max: 5, default: 3 },
      collection: text,
    },
    state: { type: String, enum: IMPORT_STATES, required: true },
    isForGood: { type: Boolean, default: false },
    run: count,
    readBytes: count,
    counts: {
      rows: count,
      answers: count,
      narratives: count,
      known: count,
      refused: count,
      wrong: count,
      noted: count,
    },
    failure: { type: Schema.Types.Mixed, default: null },
    attempts: count,
    claimedBy: optionalText,
    claimedUntil: optionalDate,
    finishedAt: optionalDate,
    createdBy: required,
    isDemo,
  },
  { ...watched, minimize: false },
);
schema.index({ state: 1, claimedUntil: 1 });
schema.index({ createdAt: -1 });

export const Imports = model('Import', schema, 'imports');
