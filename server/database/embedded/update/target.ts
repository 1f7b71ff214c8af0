import type { Document } from '../bson/codec.ts';
import { isIndex } from '../bson/path.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import type { Filter } from '../query/filter.ts';

/** One place in a document that an update operator changes. */
export interface Target {
  get(): unknown;
  set(value: unknown): void;
  /** Removes the field; an element of an array becomes null. */
  unset(): void;
}

export interface Positions {
  /** The element that the filter matched, for `$`. */
  readonly matched: number | undefined;
  /** arrayFilters by identifier, for `$[identifier]`. */
  readonly filters: ReadonlyMap<string, Filter>;
}

interface Walk {
  readonly path: string;
  readonly parts: readonly string[];
  /** Whether missing parents are made; otherwise a missing path is no target. */
  readonly create: boolean;
  readonly positions: Positions;
}

/** The places a path stands for, with `$`, `$[]` and `$[identifier]` resolved. */
export function targetsOf(document: Document, path: string, create: boolean, positions: Positions): Target[] {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new CommandError(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  return step(document, 0, { path, parts, create, positions });
}

function step(holder: Document | unknown[], at: number, walk: Walk): Target[] {
  const part = walk.parts[at] ?? '';
  if (part.startsWith('$[') || part === '$') return stepPositional(holder, at, walk);
  if (Array.isArray(holder) && !isIndex(part)) {
    if (!walk.create) return [];
    throw notViable(walk, at, holder);
  }
  if (at === walk.parts.length - 1) return [new Place(holder, part)];
  const next = read(holder, part);
  if (next === undefined) {
    if (!walk.create) return [];
    return [createdTarget(holder, at, walk)];
  }
  if (isObject(next) || Array.isArray(next)) return step(next, at + 1, walk);
  if (!walk.create) return [];
  throw notViable(walk, at + 1, { [part]: next });
}

/** Parents come into being only when a value is set. */
function createdTarget(holder: Document | unknown[], at: number, walk: Walk): Target {
  const missing = walk.parts.slice(at + 1);
  if (missing.some((part) => part === '$' || part.startsWith('$[')))
    throw new CommandError(
      'BadValue',
      `The path '${walk.parts.slice(0, at + 1).join('.')}' must exist in the document in order to apply array updates.`,
    );
  return {
    get: () => undefined,
    set: (value) => {
      const built = missing.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);
      write(holder, walk.parts[at] ?? '', built);
    },
    unset: () => undefined,
  };
}

function stepPositional(holder: Document | unknown[], at: number, walk: Walk): Target[] {
  const part = walk.parts[at] ?? '';
  const owner = walk.parts.slice(0, at).join('.');
  if (part === '$' && walk.positions.matched === undefined)
    throw new CommandError(
      'BadValue',
      'The positional operator did not find the match needed from the query.',
    );
  if (!Array.isArray(holder))
    throw new CommandError('BadValue', `Cannot apply array updates to non-array element ${owner}`);
  const chosen = chosenElements(holder, part, walk.positions);
  return chosen.flatMap((i) => {
    if (at === walk.parts.length - 1) return [new Place(holder, String(i))];
    const element = holder[i];
    if (isObject(element) || Array.isArray(element)) return step(element, at + 1, walk);
    if (!walk.create) return [];
    throw notViable(walk, at + 1, { [i]: element });
  });
}

function chosenElements(array: unknown[], part: string, positions: Positions): number[] {
  const all = array.map((_, i) => i);
  if (part === '$[]') return all;
  if (part === '$') return [positions.matched ?? 0];
  const name = part.slice(2, -1);
  const filter = positions.filters.get(name);
  if (!filter) throw new CommandError('BadValue', `No array filter found for identifier '${name}' in path`);
  return all.filter((i) => filter.matches({ [name]: array[i] }));
}

/** A class, since an object of functions would be made anew for each path of each update. */
class Place implements Target {
  private readonly holder: Document | unknown[];
  private readonly part: string;

  constructor(holder: Document | unknown[], part: string) {
    this.holder = holder;
    this.part = part;
  }

  get(): unknown {
    return read(this.holder, this.part);
  }

  set(value: unknown): void {
    write(this.holder, this.part, value);
  }

  unset(): void {
    const { holder, part } = this;
    if (!Array.isArray(holder)) delete holder[part];
    else if (Number(part) < holder.length) holder[Number(part)] = null;
  }
}

function read(holder: Document | unknown[], part: string): unknown {
  if (Array.isArray(holder)) return holder[Number(part)];
  return Object.hasOwn(holder, part) ? holder[part] : undefined;
}

const LONGEST_ARRAY = 1_500_000;

function write(holder: Document | unknown[], part: string, value: unknown): void {
  if (!Array.isArray(holder)) {
    // Assigning this one name would change what the object is instead of its fields.
    if (part !== '__proto__') holder[part] = value;
    else Object.defineProperty(holder, part, { value, writable: true, enumerable: true, configurable: true });
    return;
  }
  const position = Number(part);
  if (position > holder.length + LONGEST_ARRAY)
    throw new CommandError('CannotCreateIndex', `can't backfill more than ${LONGEST_ARRAY} elements`);
  while (holder.length < position) holder.push(null);
  holder[position] = value;
}

function notViable(walk: Walk, at: number, element: unknown): CommandError {
  return new CommandError(
    'PathNotViable',
    `Cannot create field '${walk.parts[at]}' in element ${JSON.stringify(element)} while updating '${walk.path}'`,
  );
}
