import type { Answer } from '../answer.ts';
import type { Narrative } from '../narrative.ts';
import type { ImportField, ImportMapping } from './fields.ts';

/** One row of a file, as far as its container is understood. */
export interface FileRow {
  /** Line of the file on which it begins, from 1. */
  line: number;
  /** Which row it is, from 1; the line of column names does not count. */
  entry: number;
  /** By column name. */
  cells: Readonly<Record<string, string>>;
  /** Set when the row itself has the wrong shape, such as more cells than columns. */
  problem?: RowProblem;
}

export interface RowProblem {
  /** Key of the sentence: `imports.problem-<name>`. */
  name: string;
  values: Record<string, string | number>;
}

/** What a person chose about a whole file. */
export interface ImportSettings {
  mapping: ImportMapping;
  /** BCP 47 tag of rows that do not say their own; empty when every row does. */
  language: string;
  /** 1 to 5, for claims that do not say their own. */
  severity: number;
  /** Name of the collection, for rows that do not say their own. */
  collection: string;
}

export type ClaimDraft = Pick<
  Narrative,
  'claim' | 'appeals' | 'circulation' | 'severity' | 'grievance' | 'targets' | 'tags'
>;
export type AnswerDraft = Pick<
  Answer,
  'text' | 'language' | 'strategies' | 'tone' | 'standing' | 'source' | 'said' | 'tags'
>;

/** What a row brings. With an error it brings nothing; with notes something of it was left out. */
export interface ReadRow {
  line: number;
  entry: number;
  claim: ClaimDraft | null;
  /** Answers the claim of the same row, if there is one. */
  answer: AnswerDraft | null;
  error: RowProblem | null;
  notes: RowProblem[];
}

export type MappedCells = Record<ImportField, string>;
