import { model, Schema } from 'mongoose';
import type { RowProblem } from '../domain/import/row.ts';
import type { ImportCounts } from '../domain/import.ts';

/** A sentence about one row of the file. */
export interface ImportIssue extends RowProblem {
  line: number;
  entry: number;
  /** Whether the row was left out; else something of it was. */
  isError: boolean;
}

/**
 * What became of some hundred rows that follow each other. Written after their entries: a run that was cut off goes
 * on behind the last batch on record, and entries without a record are recognised by their ids.
 */
export interface ImportBatch {
  _id: string;
  import: string;
  run: number;
  /** From 0. */
  number: number;
  counts: ImportCounts;
  issues: ImportIssue[];
  /** Ids of the new entries, or in a dry run those that they would have. */
  answers: string[];
  narratives: string[];
}

const schema = new Schema<ImportBatch>(
  {
    _id: String,
    import: { type: String, required: true },
    run: { type: Number, required: true },
    number: { type: Number, required: true },
    counts: { type: Schema.Types.Mixed, required: true },
    issues: { type: Schema.Types.Mixed, required: true },
    answers: [String],
    narratives: [String],
  },
  { versionKey: false, minimize: false },
);
schema.index({ import: 1, run: 1, number: 1 });

export const ImportBatches = model('ImportBatch', schema, 'importBatches');

export const batchId = (file: string, run: number, number: number) => `${file}:${run}:${number}`;
