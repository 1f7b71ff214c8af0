import type { Filter, Leaf } from '../query/filter.ts';
import type { SortField } from '../query/sort.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { type KeyTest, keyTest } from './key-test.ts';
import { boundsFor, conjuncts, type IndexBounds, isDecidedBy, leavesIn, sortDirection } from './ranges.ts';

interface CollectionPlan {
  readonly kind: 'collection';
  readonly reverse: boolean;
  readonly sorted: boolean;
}

export interface IndexPlan {
  readonly kind: 'index';
  readonly index: Index;
  readonly bounds: IndexBounds;
  readonly reverse: boolean;
  /** Whether documents come in the wanted order. */
  readonly sorted: boolean;
  /** Refuses entries by their key alone, before the document is read. */
  readonly keyTest: KeyTest | undefined;
  /** Whether bounds and key test decide the whole filter. */
  readonly covers: boolean;
}

interface UnionPlan {
  readonly kind: 'union';
  readonly branches: readonly IndexPlan[];
  /** Whether the branches, each in order, are merged into the wanted order. */
  readonly merges: boolean;
  readonly sorted: boolean;
}

export type Plan = CollectionPlan | IndexPlan | UnionPlan;

export interface Question {
  readonly collection: Collection;
  readonly filter: Filter;
  readonly sort: readonly SortField[];
  readonly hint?: Index | 'natural' | 'backwards' | undefined;
}

/** A question as plans are made for it: `leaves` are those of its conditions that bound one path. */
interface Wanted {
  readonly conditions: readonly Filter[];
  readonly leaves: readonly Leaf[];
  readonly sort: readonly SortField[];
}

/** Every way worth trying, the most promising first; never empty. */
export function candidates(question: Question): Plan[] {
  const { collection, filter, sort, hint } = question;
  if (hint === 'natural' || hint === 'backwards')
    return [{ kind: 'collection', reverse: hint === 'backwards', sorted: sort.length === 0 }];
  const wanted = wantedOf(filter, sort);
  const { conditions } = wanted;
  if (hint) return [indexPlan(hint, wanted)];
  const few = fewPlan(collection.indexes, wanted);
  if (few) return [few];
  const usable = collection.indexes.filter((index) => mayUse(index, conditions));
  const useful = usable
    .map((index) => indexPlan(index, wanted))
    .filter((plan) => plan.bounds.isNarrow || (sort.length > 0 && plan.sorted));
  const union = useful.some((plan) => plan.index.unique && plan.covers)
    ? undefined
    : unionPlan(collection.indexes, wanted);
  const found: Plan[] = union ? [...useful, union] : useful;
  if (!useful.some((plan) => plan.bounds.isNarrow) && !union)
    found.push({ kind: 'collection', reverse: false, sorted: sort.length === 0 });
  return found;
}

function wantedOf(filter: Filter, sort: readonly SortField[]): Wanted {
  const conditions = conjuncts(filter);
  return { conditions, leaves: leavesIn(conditions), sort };
}

/** So few documents are read before a race between plans would be over. */
const FEW = 256;

/** A plan over a unique index whose keys the filter names, so that it finds a few at most: no other is even made. */
function fewPlan(indexes: readonly Index[], wanted: Wanted): IndexPlan | undefined {
  const { conditions } = wanted;
  let best: IndexPlan | undefined;
  for (const index of indexes) {
    const isNamed =
      index.unique && index.fields.every(({ path }) => conditions.some((one) => mayFix(one, path)));
    if (!isNamed || !mayUse(index, conditions)) continue;
    const plan = indexPlan(index, wanted);
    if (plan.bounds.points === 1) return plan;
    if (plan.bounds.points < (best?.bounds.points ?? FEW + 1)) best = plan;
  }
  return best;
}

/** The plan of a unique index that leads straight to the one document there can be; undefined when none does. */
export function directPlan({ collection, filter, sort, hint }: Question): IndexPlan | undefined {
  if (typeof hint === 'string') return undefined;
  const plan = fewPlan(hint ? [hint] : collection.indexes, wantedOf(filter, sort));
  return plan?.bounds.points === 1 && !plan.index.cut ? plan : undefined;
}

function mayFix(condition: Filter, path: string): boolean {
  if (condition.kind === 'elements') return true;
  return condition.kind === 'leaf' && condition.path === path && ['$eq', '$in'].includes(condition.operator);
}

function indexPlan(index: Index, { conditions, leaves, sort }: Wanted): IndexPlan {
  const bounds = boundsFor(index, leaves);
  const direction = sort.length === 0 ? 1 : sortDirection(index, bounds.fixed, sort);
  const isDecided = isDecidedBy(index, bounds, conditions);
  const { test, covers } = isDecided ? { test: undefined, covers: true } : keyTest(index, conditions);
  return {
    kind: 'index',
    index,
    bounds,
    covers,
    reverse: direction === -1,
    sorted: direction !== 0,
    keyTest: test,
  };
}

/** $or answered by an index per alternative, when every alternative has one. */
function unionPlan(indexes: readonly Index[], { conditions, leaves, sort }: Wanted): UnionPlan | undefined {
  for (const condition of conditions) {
    if (condition.kind !== 'or') continue;
    const others = conditions.filter((other) => other !== condition);
    const branches = condition.nodes.map((node) => {
      const more = conjuncts(node);
      const all = { conditions: [...more, ...others], leaves: [...leavesIn(more), ...leaves], sort };
      return bestBranch(indexes, all);
    });
    if (!branches.every((branch) => branch !== undefined)) continue;
    const merges = sort.length > 0 && branches.some((branch) => branch.sorted);
    return { kind: 'union', branches, merges, sorted: merges || sort.length === 0 };
  }
  return undefined;
}

function bestBranch(indexes: readonly Index[], wanted: Wanted): IndexPlan | undefined {
  const narrow = indexes
    .filter((index) => mayUse(index, wanted.conditions))
    .map((index) => indexPlan(index, wanted))
    .filter(({ bounds }) => bounds.isNarrow)
    .sort(
      (a, b) =>
        b.bounds.fixed - a.bounds.fixed ||
        b.bounds.bounded - a.bounds.bounded ||
        Number(b.sorted) - Number(a.sorted),
    );
  return narrow[0];
}

/** Whether queries see an index at all: it is built, and nobody has hidden it. */
export const isVisible = ({ ready, spec }: Index) => ready && spec.hidden !== true;

/** A sparse or partial index answers only for what it surely contains. */
function mayUse(index: Index, conditions: readonly Filter[]): boolean {
  if (!isVisible(index)) return false;
  if (index.partial && !conjuncts(index.partial).every((part) => conditions.some((c) => implies(c, part))))
    return false;
  if (!index.sparse) return true;
  return conditions.some(
    (condition) =>
      condition.kind === 'leaf' && condition.path === index.fields[0]?.path && demandsPresence(condition),
  );
}

function demandsPresence(condition: Filter): boolean {
  if (condition.kind !== 'leaf') return false;
  const { operator, decide } = condition;
  if (operator === '$exists') return true;
  return decide !== undefined && !decide(undefined) && !decide(null);
}

/** Whether the first condition being true makes the second true; false when in doubt. */
function implies(condition: Filter, part: Filter): boolean {
  if (condition.kind !== 'leaf' || part.kind !== 'leaf' || condition.path !== part.path) return false;
  if (part.operator === '$exists') return demandsPresence(condition);
  if (condition.operator === '$eq' && !Array.isArray(condition.operand) && part.decide)
    return part.decide(condition.operand);
  if (condition.operator === '$in' && part.decide) return (condition.operand as unknown[]).every(part.decide);
  return condition.operator === part.operator && String(condition.operand) === String(part.operand);
}

/** A plan's name in the memory of winners and in explain. */
export function planName(plan: Plan): string {
  if (plan.kind === 'collection') return plan.reverse ? 'collection backwards' : 'collection';
  if (plan.kind === 'index') return `index ${plan.index.name}${plan.reverse ? ' backwards' : ''}`;
  return `union ${plan.branches.map(planName).join(', ')}`;
}
