import type { Document } from '../bson/codec.ts';
import { CommandError } from '../errors.ts';

export interface WriteError {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
  readonly [detail: string]: unknown;
}

/** MongoDB's limit of operations in one write command. */
export const MOST_WRITES = 100_000;

/** One failed operation of a bulk; what is not the client's fault, or stops the whole bulk, is thrown on. */
export function writeErrorOf(error: unknown, index: number): WriteError {
  if (!(error instanceof CommandError) || error.codeName === 'MaxTimeMSExpired') throw error;
  return { index, code: error.code, ...error.detail, errmsg: error.message };
}

export function writeReplyOf(counts: Document, errors: readonly WriteError[]): Document {
  return errors.length > 0 ? { ...counts, writeErrors: errors, ok: 1 } : { ...counts, ok: 1 };
}
