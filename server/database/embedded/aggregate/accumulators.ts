import type { Document } from '../bson/codec.ts';
import { compareValues } from '../bson/compare.ts';
import { bare, isNumeric, type Numeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError, notInSubset } from '../errors.ts';
import { encodeKey } from '../storage/encode-key.ts';
import { calculate } from '../update/arithmetic.ts';
import { type Evaluate, expression, mingoOptions } from './expression.ts';
import { mingo } from './mingo.ts';
import type { Memory } from './stage.ts';
import { topNames, topOf } from './top.ts';

export interface Accumulator {
  add(value: unknown, memory: Memory, document: Document): void;
  result(): unknown;
}

const streaming: Readonly<Record<string, () => Accumulator>> = {
  $sum: sum,
  $avg: average,
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $mergeObjects: mergeObjects,
};

/** Accumulators that need every document of the group; mingo computes them at the end. */
const collecting = [
  '$firstN',
  '$lastN',
  '$maxN',
  '$median',
  '$minN',
  '$percentile',
  '$stdDevPop',
  '$stdDevSamp',
];

export const accumulatorNames: readonly string[] = [
  ...Object.keys(streaming),
  '$count',
  ...collecting,
  ...topNames,
].sort();

/** Throws CommandError for unknown accumulators. */
export function accumulatorFor(
  name: string,
  given: unknown,
  variables: Document,
): { argument: Evaluate; make: () => Accumulator } {
  if (name === '$count') return { argument: () => 1, make: sum };
  const make = streaming[name];
  if (make) return { argument: expression(given, variables), make };
  if (collecting.includes(name))
    return { argument: (document) => document, make: () => collect(name, given, variables) };
  if (topNames.includes(name)) {
    const result = topOf(name, given, variables);
    return { argument: (document) => document, make: () => gather(result) };
  }
  if (name === '$accumulator') throw notInSubset('$accumulator', 15952);
  throw new CommandError(15952, `unknown group operator '${name}'`);
}

function sum(): Accumulator {
  let total: number | bigint | object = 0;
  return {
    add: (value) => {
      if (typeof value === 'number' && typeof total === 'number') total += value;
      else if (isNumeric(value)) total = bare(calculate('add', total as Numeric, value));
    },
    result: () => total,
  };
}

function average(): Accumulator {
  const total = sum();
  let count = 0;
  return {
    add: (value, memory, document) => {
      if (!isNumeric(value)) return;
      total.add(value, memory, document);
      count += 1;
    },
    result: () => (count === 0 ? null : toNumber(total.result()) / count),
  };
}

function extreme(direction: 1 | -1): Accumulator {
  let best: unknown;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      if (best === undefined || compareValues(value, best) * direction > 0) best = value;
    },
    result: () => best ?? null,
  };
}

function first(): Accumulator {
  let value: unknown;
  let isSet = false;
  return {
    add: (next) => {
      if (!isSet) value = next;
      isSet = true;
    },
    result: () => value ?? null,
  };
}

function last(): Accumulator {
  let value: unknown;
  return {
    add: (next) => {
      value = next;
    },
    result: () => value ?? null,
  };
}

function push(): Accumulator {
  const values: unknown[] = [];
  return {
    add: (value, memory) => {
      if (value === undefined) return;
      memory.keep(value);
      values.push(value);
    },
    result: () => values,
  };
}

function addToSet(): Accumulator {
  const values = new Map<string, unknown>();
  return {
    add: (value, memory) => {
      if (value === undefined) return;
      const key = encodeKey([value], [1]).toString('latin1');
      if (values.has(key)) return;
      memory.keep(value);
      values.set(key, value);
    },
    result: () => [...values.values()],
  };
}

function mergeObjects(): Accumulator {
  const merged: Document = {};
  return {
    add: (value) => {
      if (isObject(value)) Object.assign(merged, value);
    },
    result: () => merged,
  };
}

function collect(name: string, given: unknown, variables: Document): Accumulator {
  const compute = (mingo().accumulators as unknown as Record<string, MingoAccumulator>)[name];
  return gather((documents) => compute?.(documents, given, mingoOptions(variables)));
}

function gather(compute: (documents: readonly Document[]) => unknown): Accumulator {
  const documents: Document[] = [];
  return {
    add: (_, memory, document) => {
      memory.keep(document);
      documents.push(document);
    },
    result: () => compute(documents),
  };
}

type MingoAccumulator = (documents: readonly Document[], given: unknown, options: unknown) => unknown;
