import type { Filter } from '../query/filter.ts';
import type { SortField } from '../query/sort.ts';
import { merged } from './merge.ts';
import { ordered } from './order.ts';
import { candidates, type Plan, planName, type Question } from './plan.ts';
import { type Effort, type Match, type Walk, walk } from './walk.ts';

/** Results after which a race is decided, as in MongoDB. */
const ENOUGH = 101;
const LONGEST_RACE = 10_000;
/** A remembered winner that works this many times longer than it used to is raced again. */
const DISAPPOINTMENT = 10;

interface Winner {
  readonly name: string;
  readonly works: number;
}

/** Which plan won for which shape of query; forgets everything when it grows too large. */
export class Winners {
  private readonly byShape = new Map<string, Winner>();

  get(shape: string): Winner | undefined {
    return this.byShape.get(shape);
  }

  set(shape: string, winner: Winner): void {
    if (this.byShape.size >= 5000) this.byShape.clear();
    this.byShape.set(shape, winner);
  }

  drop(shape: string): void {
    this.byShape.delete(shape);
  }
}

export interface Asked extends Question {
  /** Skip and limit together; 0 for no limit. */
  readonly limit: number;
  /** The moment of performance.now() that maxTimeMS allows a write to search until. */
  readonly deadline?: number | undefined;
}

export interface Report {
  plan: Plan | undefined;
  readonly rejected: Plan[];
  effort: Effort;
}

/** Matches in the wanted order by the best plan; `report` is filled in while the walk goes on. */
export function* search(
  asked: Asked,
  base: Omit<Walk, 'effort'>,
  { winners, report }: { winners: Winners; report: Report },
): Generator<Match | undefined> {
  const plans = candidates(asked);
  const [only] = plans;
  if (only && plans.length === 1) return yield* start(only, asked, base, report).steps;
  const shape = `${asked.collection.id} ${shapeOf(asked.filter)} ${sortShape(asked.sort)} ${asked.limit > 0}`;
  const known = winners.get(shape);
  const remembered = plans.find((plan) => planName(plan) === known?.name);
  if (known && remembered) {
    const patience = DISAPPOINTMENT * known.works + 100;
    const finished = yield* runPatiently(start(remembered, asked, base, report), patience);
    if (finished) return;
    winners.drop(shape);
  }
  yield* race({ plans, asked, base, report, decide: (winner) => winners.set(shape, winner) });
}

interface Runner {
  readonly plan: Plan;
  readonly steps: Generator<Match | undefined>;
  readonly effort: Effort;
  readonly found: Match[];
  works: number;
  done: boolean;
}

function start(plan: Plan, asked: Asked, base: Omit<Walk, 'effort'>, report: Report): Runner {
  const effort = { keys: 0, documents: 0 };
  const given = { ...base, effort };
  const steps = inOrder(plan, asked, given);
  report.plan = plan;
  report.effort = effort;
  return { plan, steps, effort, found: [], works: 0, done: false };
}

function inOrder(plan: Plan, asked: Asked, given: Walk): Generator<Match | undefined> {
  const { sort, limit } = asked;
  if (plan.kind === 'union' && plan.merges) {
    const streams = plan.branches.map((branch) => inOrder(branch, asked, given));
    return merged(streams, sort, given);
  }
  return plan.sorted ? walk(plan, given) : ordered(walk(plan, given), { sort, limit, walk: given });
}

/** Gives up, handing out nothing yet, when the first result takes much longer than it used to. */
function* runPatiently(runner: Runner, patience: number): Generator<Match | undefined, boolean> {
  let hasFound = false;
  for (const step of runner.steps) {
    hasFound ||= step !== undefined;
    runner.works += 1;
    if (!hasFound && runner.works > patience) return false;
    yield step;
  }
  return true;
}

interface Race {
  plans: readonly Plan[];
  asked: Asked;
  base: Omit<Walk, 'effort'>;
  report: Report;
  decide: (winner: Winner) => void;
}

function* race({ plans, asked, base, report, decide }: Race): Generator<Match | undefined> {
  const runners = plans.map((plan) => start(plan, asked, base, report));
  const enough = asked.limit > 0 ? Math.min(asked.limit, ENOUGH) : ENOUGH;
  const isDecided = (runner: Runner) => runner.done || runner.found.length >= enough;
  for (let round = 0; round < LONGEST_RACE && !runners.some(isDecided); round += 1) {
    for (const runner of runners) advance(runner);
    if (round % 16 === 0) yield undefined;
  }
  const [winner, ...losers] = [...runners].sort((a, b) => productivity(b) - productivity(a));
  if (!winner) return;
  for (const loser of losers) loser.steps.return(undefined);
  decide({ name: planName(winner.plan), works: winner.works });
  report.plan = winner.plan;
  report.effort = winner.effort;
  report.rejected.push(...losers.map((loser) => loser.plan));
  yield* winner.found;
  if (!winner.done) yield* winner.steps;
}

function advance(runner: Runner): void {
  const step = runner.steps.next();
  runner.works += 1;
  if (step.done) runner.done = true;
  else if (step.value) runner.found.push(readNow(step.value));
}

/** The match with its document, since it is handed out only when others have had their turn. */
function readNow({ record, raw, document }: Match): Match {
  return { record, raw, document };
}

function productivity(runner: Runner): number {
  const sorting = runner.plan.sorted ? 0.0001 : 0;
  return runner.found.length / Math.max(1, runner.works) + (runner.done ? 1 : 0) + sorting;
}

function shapeOf(filter: Filter): string {
  switch (filter.kind) {
    case 'leaf':
      return `${filter.path}${filter.operator}${filter.operand === null ? '0' : ''}`;
    case 'elements':
      return `${filter.path}[${shapeOf(filter.inner)}]`;
    case 'opaque':
      return '?';
    default:
      return `${filter.kind}(${filter.nodes.map(shapeOf).join()})`;
  }
}

function sortShape(sort: readonly SortField[]): string {
  return sort.map(({ path, direction }) => `${path}:${direction}`).join();
}
