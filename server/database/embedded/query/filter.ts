import type { Document } from '../bson/codec.ts';

/** One condition on the values of one path. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly path: string;
  readonly operator: string;
  /** What the operator was given, decoded plainly. */
  readonly operand: unknown;
  readonly matches: (document: Document) => boolean;
  /** Present when the condition can be decided from the value alone, null and missing being alike. */
  readonly decide: ((value: unknown) => boolean) | undefined;
}

/** $and, $or and $nor of other nodes; `not` negates the one node it holds. */
export interface Group {
  readonly kind: 'and' | 'or' | 'nor' | 'not';
  readonly nodes: readonly Filter[];
  readonly matches: (document: Document) => boolean;
}

/** $elemMatch over objects: `inner` reads paths from the element. */
interface ElementMatch {
  readonly kind: 'elements';
  readonly path: string;
  readonly inner: Filter;
  readonly matches: (document: Document) => boolean;
}

/** $expr and the like: only the whole document tells. */
interface Opaque {
  readonly kind: 'opaque';
  readonly matches: (document: Document) => boolean;
}

export type Filter = Leaf | Group | ElementMatch | Opaque;

export function group(kind: Group['kind'], nodes: readonly Filter[]): Group {
  return { kind, nodes, matches: combine(kind, nodes) };
}

function combine(kind: Group['kind'], nodes: readonly Filter[]): (document: Document) => boolean {
  const [first] = nodes;
  if (kind === 'and') {
    if (first && nodes.length === 1) return first.matches;
    return (document) => nodes.every((node) => node.matches(document));
  }
  if (kind === 'or') return (document) => nodes.some((node) => node.matches(document));
  return (document) => !nodes.some((node) => node.matches(document));
}
