import type { Filter } from '../query/filter.ts';
import type { SortField } from '../query/sort.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import type { KeyRange } from '../storage/store.ts';
import { type KeyTest, keyTest } from './key-test.ts';
import { boundsFor, conjuncts, sortDirection } from './ranges.ts';

interface CollectionPlan {
  readonly kind: 'collection';
  readonly reverse: boolean;
  readonly sorted: boolean;
}

export interface IndexPlan {
  readonly kind: 'index';
  readonly index: Index;
  readonly ranges: readonly KeyRange[];
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

/** Every way worth trying, the most promising first; never empty. */
export function candidates(question: Question): Plan[] {
  const { collection, filter, sort, hint } = question;
  if (hint === 'natural' || hint === 'backwards')
    return [{ kind: 'collection', reverse: hint === 'backwards', sorted: sort.length === 0 }];
  if (hint) return [indexPlan(question, hint)];
  const conditions = conjuncts(filter);
  const usable = collection.indexes.filter((index) => index.ready && mayUse(index, conditions));
  const plans = usable.map((index) => indexPlan(question, index));
  const unique = plans.find((plan) => isSingle(plan, conditions));
  if (unique) return [unique];
  const useful = plans.filter(
    (plan) => boundsFor(plan.index, conditions).isNarrow || (sort.length > 0 && plan.sorted),
  );
  const union = useful.some((plan) => plan.index.unique && plan.covers)
    ? undefined
    : unionPlan(question, conditions);
  const found: Plan[] = union ? [...useful, union] : useful;
  if (!useful.some((plan) => boundsFor(plan.index, conditions).isNarrow) && !union)
    found.push({ kind: 'collection', reverse: false, sorted: sort.length === 0 });
  return found;
}

function isSingle(plan: IndexPlan, conditions: readonly Filter[]): boolean {
  if (!plan.index.unique) return false;
  return boundsFor(plan.index, conditions).fixed === plan.index.fields.length;
}

function indexPlan({ filter, sort }: Question, index: Index): IndexPlan {
  const conditions = conjuncts(filter);
  const { ranges, fixed } = boundsFor(index, conditions);
  const direction = sort.length === 0 ? 1 : sortDirection(index, fixed, sort);
  const { test, covers } = keyTest(index, conditions);
  return {
    ...{ kind: 'index', index, ranges, covers },
    reverse: direction === -1,
    sorted: direction !== 0,
    keyTest: test,
  };
}

/** $or answered by an index per alternative, when every alternative has one. */
function unionPlan(question: Question, conditions: readonly Filter[]): UnionPlan | undefined {
  for (const condition of conditions) {
    if (condition.kind !== 'or') continue;
    const others = conditions.filter((other) => other !== condition);
    const branches = condition.nodes.map((node) => bestBranch(question, [...conjuncts(node), ...others]));
    if (!branches.every((branch) => branch !== undefined)) continue;
    const isOrdered = question.sort.length > 0;
    const merges = isOrdered && branches.some((branch) => branch.sorted);
    return { kind: 'union', branches, merges, sorted: merges || !isOrdered };
  }
  return undefined;
}

function bestBranch(question: Question, conditions: readonly Filter[]): IndexPlan | undefined {
  const filter: Filter = { kind: 'and', nodes: conditions, matches: () => true };
  const narrow = question.collection.indexes
    .filter((index) => index.ready && mayUse(index, conditions))
    .map((index) => ({
      plan: indexPlan({ ...question, filter }, index),
      bounds: boundsFor(index, conditions),
    }))
    .filter(({ bounds }) => bounds.isNarrow)
    .sort(
      (a, b) =>
        b.bounds.fixed - a.bounds.fixed ||
        b.bounds.bounded - a.bounds.bounded ||
        Number(b.plan.sorted) - Number(a.plan.sorted),
    );
  return narrow[0]?.plan;
}

/** A sparse or partial index answers only for what it surely contains. */
function mayUse(index: Index, conditions: readonly Filter[]): boolean {
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
  const { operator, operand, decide } = condition;
  if (operator === '$exists') return operand !== false && operand !== 0;
  return decide !== undefined && !decide(undefined) && !decide(null);
}

/** Whether the first condition being true makes the second true; false when in doubt. */
function implies(condition: Filter, part: Filter): boolean {
  if (condition.kind !== 'leaf' || part.kind !== 'leaf' || condition.path !== part.path) return false;
  if (part.operator === '$exists' && part.operand !== false) return demandsPresence(condition);
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
