import type { ImportFormat } from './import/formats.ts';
import type { ImportSettings } from './import/row.ts';
import { RuleViolation } from './rule-violation.ts';

/** Bytes of the largest file that is taken. */
export const LARGEST_IMPORT = 50 * 1024 * 1024;
/** Rows of the longest file that is taken. */
export const MOST_IMPORT_ROWS = 200_000;
/** Sentences about single rows that are kept; after these only their number is. */
export const MOST_IMPORT_ISSUES = 5_000;
/** The stored file is deleted when its import is over, and after this many days at the latest. */
export const IMPORT_FILE_DAYS = 7;

/** A run that breaks off so often in a row without getting on is given up. */
export const MOST_IMPORT_ATTEMPTS = 5;

export const IMPORT_STATES = [
  'mapping',
  'checking',
  'checked',
  'importing',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What happens to an import: by a person, or (finish, fail) by the job that works on it. */
export type ImportStep = 'reread' | 'check' | 'import' | 'cancel' | 'undo' | 'finish' | 'fail';

/** The whole life of an import: what may happen in which state, and what it becomes. */
const TRANSITIONS: Readonly<Record<ImportState, Partial<Record<ImportStep, ImportState>>>> = {
  mapping: { reread: 'mapping', check: 'checking', cancel: 'cancelled' },
  checking: { finish: 'checked', fail: 'failed', cancel: 'cancelled' },
  checked: { reread: 'mapping', check: 'checking', import: 'importing', cancel: 'cancelled' },
  importing: { finish: 'done', fail: 'failed', cancel: 'cancelled' },
  done: { undo: 'undoing' },
  cancelled: { undo: 'undoing' },
  failed: { reread: 'mapping', check: 'checking', cancel: 'cancelled', undo: 'undoing' },
  undoing: { finish: 'undone', fail: 'failed' },
  undone: {},
};

/** States in which the job has work to do; people wait and watch. */
export const WORKING_STATES: readonly ImportState[] = ['checking', 'importing', 'undoing'];

export function isWorking(state: ImportState): boolean {
  return WORKING_STATES.includes(state);
}

/** Numbers of rows and entries; in a dry run what would be added, afterwards what was. */
export interface ImportCounts {
  rows: number;
  /** New entries. */
  answers: number;
  narratives: number;
  /** Rows whose answer (or, without one, whose claim) is in the library or earlier in the file already. */
  known: number;
  /** New answers that are kept as refused. */
  refused: number;
  /** Rows that cannot be imported. */
  wrong: number;
  /** Rows of which something was left out. */
  noted: number;
}

export const NO_COUNTS: ImportCounts = {
  rows: 0,
  answers: 0,
  narratives: 0,
  known: 0,
  refused: 0,
  wrong: 0,
  noted: 0,
};

type ImportContainer = 'csv' | 'json';
export const IMPORT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type ImportEncoding = (typeof IMPORT_ENCODINGS)[number];

/** A file on its way into the library. */
export interface Import {
  _id: string;
  /** Of the file, as it was brought. */
  name: string;
  sizeBytes: number;
  container: ImportContainer;
  encoding: ImportEncoding;
  columns: string[];
  format: ImportFormat;
  settings: ImportSettings;
  state: ImportState;
  /** Whether a run has begun that adds to the library; a dry run adds nothing. */
  isForGood: boolean;
  /** Counts up with every run over the file; batches of an earlier run no longer count. */
  run: number;
  /** How much of the file this run has read. */
  readBytes: number;
  counts: ImportCounts;
  /** Why the file cannot be read: a rule and its values. */
  failure: { rule: string; values: Record<string, string | number> } | null;
  /** How often the job has taken it up since it last got on. */
  attempts: number;
  /** The queue whose job works on it, and until when that is believed. */
  claimedBy: string | null;
  claimedUntil: Date | null;
  finishedAt: Date | null;
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** What reading the stored file of an import needs to know. */
export type StoredFile = Pick<Import, '_id' | 'encoding' | 'sizeBytes'>;

/** The state after a step. Throws `import-step` when this cannot happen to an import that is in this state. */
export function stateAfter(state: ImportState, step: ImportStep): ImportState {
  const next = TRANSITIONS[state][step];
  if (next) return next;
  throw new RuleViolation('import-step', 'This import has moved on in the meantime. Look at it again.');
}

export function mayStep(state: ImportState, step: ImportStep): boolean {
  return TRANSITIONS[state][step] !== undefined;
}

/** Whether there may be entries of it in the library, and they may be taken out again. */
export function mayUndo({ state, isForGood }: Pick<Import, 'state' | 'isForGood'>): boolean {
  return isForGood && mayStep(state, 'undo');
}

/** Whether the file is no longer needed: nothing can be read from it any more. */
export function isOver(state: ImportState): boolean {
  return !mayStep(state, 'check') && !mayStep(state, 'import') && !mayStep(state, 'finish');
}

/**
 * Throws `import-text-needed` without any text or claim, `import-column-twice` when one column stands for two fields,
 * `import-column-unknown` or `import-personal-column` for a column that is not there or must not be read.
 */
export function assertMapping(mapping: ImportSettings['mapping'], readable: readonly string[]): void {
  const columns = Object.values(mapping);
  if (!mapping.text && !mapping.claim)
    throw new RuleViolation('import-text-needed', 'Say which column holds the answers, or the claims.', {
      field: 'mapping.text',
    });
  for (const [field, column] of Object.entries(mapping)) {
    const about = { field: `mapping.${field}`, values: { column } };
    if (!readable.includes(column))
      throw new RuleViolation('import-column-unknown', 'There is no such column to read.', about);
    if (columns.filter((other) => other === column).length > 1)
      throw new RuleViolation('import-column-twice', 'One column stands for two things.', about);
  }
}
