import { DBRef } from 'bson';
import { entriesOf } from './compare.ts';
import { isObject } from './rank.ts';

const index = /^(0|[1-9]\d*)$/;

export function isIndex(part: string | undefined): part is string {
  return part !== undefined && index.test(part);
}

/** One field of an object, own properties only; undefined when it is missing. */
export function fieldOf(object: object, name: string): unknown {
  if (object instanceof DBRef) return Object.fromEntries(entriesOf(object))[name];
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}

/** Where the outermost array was entered by the last successful match; see positionOf(). */
let matchedAt: number | undefined;

/** Runs a match and tells which element of the outermost array satisfied it: MongoDB's positional `$`. */
export function positionOf(match: () => boolean): number | undefined {
  matchedAt = undefined;
  return match() ? matchedAt : undefined;
}

export function recordPosition(position: number): void {
  matchedAt = position;
}

export interface Probe {
  readonly parts: readonly string[];
  /** Asked about each value that the path leads to; undefined stands for missing. */
  readonly test: (value: unknown) => boolean;
  /** Whether the elements of an array at the end of the path are asked, too. */
  readonly expand: boolean;
}

/** Whether some value that the path leads to passes, going through arrays as MongoDB's filters do. */
export function anyAlong(document: object, probe: Probe): boolean {
  return ask(fieldOf(document, probe.parts[0] ?? ''), 1, probe);
}

function ask(value: unknown, at: number, probe: Probe): boolean {
  if (at === probe.parts.length) return askLeaf(value, probe);
  if (Array.isArray(value)) return askElements(value, at, probe);
  if (isObject(value)) return ask(fieldOf(value, probe.parts[at] ?? ''), at + 1, probe);
  return probe.test(undefined);
}

function askLeaf(value: unknown, probe: Probe): boolean {
  if (probe.expand && Array.isArray(value)) {
    const found = value.findIndex((element) => probe.test(element));
    if (found >= 0) {
      matchedAt = found;
      return true;
    }
  }
  return probe.test(value);
}

function askElements(array: unknown[], at: number, probe: Probe): boolean {
  const part = probe.parts[at];
  const numeric = isIndex(part);
  for (let i = 0; i < array.length; i += 1) {
    const element = array[i];
    if (!isObject(element)) continue;
    if (numeric && !Object.hasOwn(element, part)) continue;
    if (ask(fieldOf(element, part ?? ''), at + 1, probe)) {
      matchedAt = i;
      return true;
    }
  }
  return numeric && Number(part) < array.length && ask(array[Number(part)], at + 1, probe);
}

/** The values an index or a sort sees along a path: arrays opened, an empty one as undefined, missing as null. */
export function valuesAlong(document: object, parts: readonly string[]): unknown[] {
  const found: unknown[] = [];
  collect(document, parts, 0, found);
  return found;
}

function collect(value: unknown, parts: readonly string[], at: number, found: unknown[]): void {
  if (at === parts.length) {
    if (Array.isArray(value)) found.push(...(value.length ? value : [undefined]));
    else found.push(value ?? null);
    return;
  }
  if (Array.isArray(value)) {
    const part = parts[at];
    if (isIndex(part) && Number(part) < value.length) collect(value[Number(part)], parts, at + 1, found);
    else if (value.length === 0) found.push(null);
    else for (const element of value) collect(Array.isArray(element) ? null : element, parts, at, found);
    return;
  }
  if (isObject(value)) collect(fieldOf(value, parts[at] ?? ''), parts, at + 1, found);
  else found.push(null);
}
