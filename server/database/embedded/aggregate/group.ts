import type { Document } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { encodeKey } from '../storage/encode-key.ts';
import { type Accumulator, accumulatorFor } from './accumulators.ts';
import { type Evaluate, expression } from './expression.ts';
import { Memory, type Stage, type StageContext } from './stage.ts';

interface Group {
  readonly id: unknown;
  readonly accumulators: readonly Accumulator[];
}

/** Groups while documents stream by: only the groups are kept. */
export function groupStage(spec: unknown, { variables }: Pick<StageContext, 'variables'>): Stage {
  if (!isObject(spec)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw new CommandError(15955, 'a group specification must include an _id');
  const { _id: idSpec, ...fields } = spec;
  const idOf = expression(idSpec, variables);
  const makers = Object.entries(fields).map(([name, given]) => makerOf(name, given, variables));
  return function* through(input) {
    const groups = new Map<string, Group>();
    const memory = new Memory('$group');
    for (const document of input) {
      yield undefined;
      if (!document) continue;
      const group = groupOf(groups, idOf(document), makers, memory);
      makers.forEach(({ argument }, i) => {
        group.accumulators[i]?.add(argument(document), memory, document);
      });
    }
    for (const { id, accumulators } of groups.values()) {
      const results = makers.map(({ name }, i) => [name, accumulators[i]?.result() ?? null]);
      yield { _id: id ?? null, ...Object.fromEntries(results) };
    }
  };
}

interface Maker {
  readonly name: string;
  readonly argument: Evaluate;
  readonly make: () => Accumulator;
}

function makerOf(name: string, given: unknown, variables: Document): Maker {
  if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
  const entries = isObject(given) ? Object.entries(given) : [];
  const [first] = entries;
  if (!first || entries.length !== 1 || !first[0].startsWith('$'))
    throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
  return { name, ...accumulatorFor(first[0], first[1], variables) };
}

function groupOf(groups: Map<string, Group>, id: unknown, makers: readonly Maker[], memory: Memory): Group {
  const key = encodeKey([id ?? null], [1]).toString('latin1');
  const known = groups.get(key);
  if (known) return known;
  memory.keep(key);
  const made = { id, accumulators: makers.map(({ make }) => make()) };
  groups.set(key, made);
  return made;
}
