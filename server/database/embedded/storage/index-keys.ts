import type { Document } from '../bson/codec.ts';
import { fieldOf, isIndex } from '../bson/path.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';

/** What a document contributes to an index: one tuple of values, or several when it holds an array. */
export interface Tuples {
  readonly tuples: readonly (readonly unknown[])[];
  readonly isMultikey: boolean;
  /** Whether at least one of the fields is there; a sparse index takes no others. */
  readonly isPresent: boolean;
}

type Slot = { done: true; value: unknown } | { done: false; from: unknown; parts: readonly string[] };

/** Throws CannotIndexParallelArrays when two fields of one index lie in different arrays. */
export function indexTuples(document: Document, paths: readonly (readonly string[])[]): Tuples {
  return plainTuple(document, paths) ?? openTuples(document, paths);
}

/** The one tuple of a document without arrays on these paths, as nearly all are; undefined when one is met. */
function plainTuple(document: Document, paths: readonly (readonly string[])[]): Tuples | undefined {
  const tuple: unknown[] = [];
  let isPresent = false;
  for (const parts of paths) {
    let value: unknown = document;
    for (const part of parts) {
      value = isObject(value) ? fieldOf(value, part) : undefined;
      if (Array.isArray(value)) return undefined;
    }
    isPresent ||= value !== undefined;
    tuple.push(value === undefined ? null : value);
  }
  return { tuples: [tuple], isMultikey: false, isPresent };
}

function openTuples(document: Document, paths: readonly (readonly string[])[]): Tuples {
  const found = { tuples: [] as unknown[][], isMultikey: false, isPresent: false };
  const slots = paths.map((parts): Slot => ({ done: false, from: document, parts }));
  expand(slots, found);
  return found;
}

interface Found {
  tuples: unknown[][];
  isMultikey: boolean;
  isPresent: boolean;
}

function expand(slots: readonly Slot[], found: Found): void {
  const walked = slots.map((slot) => (slot.done ? slot : walk(slot, found)));
  const arrays = new Set(walked.map(arrayOf).filter((array) => array !== undefined));
  if (arrays.size > 1) throw new CommandError('CannotIndexParallelArrays', 'cannot index parallel arrays');
  const [array] = arrays;
  if (array) openArray(array, walked, found);
  else found.tuples.push(walked.map((slot) => (slot.done ? slot.value : undefined)));
}

function arrayOf(slot: Slot): unknown[] | undefined {
  return slot.done ? undefined : (slot.from as unknown[]);
}

function openArray(array: unknown[], slots: readonly Slot[], found: Found): void {
  found.isMultikey = true;
  if (array.length === 0) {
    const empty = slots.map((slot) => (slot.done ? slot.value : slot.parts.length ? null : undefined));
    found.tuples.push(empty);
    return;
  }
  for (const element of array) {
    expand(
      slots.map((slot) => (slot.done ? slot : enter(element, slot.parts))),
      found,
    );
  }
}

function enter(element: unknown, parts: readonly string[]): Slot {
  if (parts.length === 0 || !isObject(element)) return { done: true, value: parts.length ? null : element };
  return { done: false, from: element, parts };
}

/** Follows the path until its end or the first array. */
function walk(slot: { from: unknown; parts: readonly string[] }, found: Found): Slot {
  let { from, parts } = slot;
  while (parts.length > 0) {
    const [part = '', ...rest] = parts;
    if (Array.isArray(from)) {
      if (!isIndex(part) || Number(part) >= from.length) return { done: false, from, parts };
      from = from[Number(part)];
    } else from = isObject(from) ? fieldOf(from, part) : undefined;
    if (from === undefined) return { done: true, value: null };
    parts = rest;
  }
  found.isPresent = true;
  if (Array.isArray(from)) return { done: false, from, parts };
  return { done: true, value: from };
}
