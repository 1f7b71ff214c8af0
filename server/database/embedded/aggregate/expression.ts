import type { Document } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError, notInSubset } from '../errors.ts';
import { exactOperators } from './exact-operators.ts';
import { mingo } from './mingo.ts';

export type Evaluate = (document: Document) => unknown;

type MingoOptions = Parameters<typeof import('mingo/core').evalExpr>[2];

/** Expressions that MongoDB has and this server refuses. */
export const leftOutExpressions: readonly string[] = [
  '$function',
  '$accumulator',
  '$toHashedIndexKey',
  '$meta',
];

let operators: { context: unknown; known: ReadonlySet<string> } | undefined;

function allOperators() {
  if (operators) return operators;
  const { core, accumulators, expressions, windows } = mingo();
  const expression = { ...expressions, ...exactOperators };
  const given = { accumulator: { ...accumulators }, expression, window: { ...windows } } as Parameters<
    typeof core.Context.init
  >[0];
  operators = {
    context: core.Context.init(given),
    known: new Set([...Object.keys(expression), ...Object.keys(accumulators)]),
  };
  return operators;
}

const systemVariables = new Set([
  'ROOT',
  'CURRENT',
  'REMOVE',
  'NOW',
  'DESCEND',
  'PRUNE',
  'KEEP',
  'this',
  'value',
]);

/**
 * Compiles an aggregation expression. Throws CommandError, code 168, for operators that do not exist, and
 * a refusal for those that are left out. `variables` are those of `let`.
 */
export function expression(given: unknown, variables: Document = {}): Evaluate {
  checkOperators(given);
  const options = mingoOptions(variables);
  return (document) => evaluate(document, given, options);
}

/** How mingo is to behave: strictly, without running code. */
export function mingoOptions(variables: Document) {
  return {
    ...{ idKey: '_id', processingMode: 0, useStrictMode: true, scriptEnabled: false, failOnError: true },
    context: allOperators().context,
    variables,
  };
}

function evaluate(document: Document, given: unknown, options: object): unknown {
  try {
    return mingo().core.evalExpr(document, given, options as MingoOptions);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError('BadValue', (error as Error).message);
  }
}

/** Every expression that is computed, accumulators in their expression form included. */
export function expressionNames(): string[] {
  return ['$literal', ...allOperators().known].filter((name) => !leftOutExpressions.includes(name)).sort();
}

/** Whether this is the name of an expression, be it one that is left out. */
export function isOperator(name: string): boolean {
  return leftOutExpressions.includes(name) || name === '$literal' || allOperators().known.has(name);
}

/** Throws a refusal when a specification names an operator that is left out, wherever it stands. */
export function refuseLeftOut(given: unknown): void {
  if (Array.isArray(given)) for (const item of given) refuseLeftOut(item);
  if (!isObject(given)) return;
  for (const [name, value] of Object.entries(given)) {
    if (leftOutExpressions.includes(name)) throw notInSubset(`The expression ${name}`);
    refuseLeftOut(value);
  }
}

function checkOperators(given: unknown): void {
  if (Array.isArray(given)) for (const item of given) checkOperators(item);
  if (typeof given === 'string' && given.startsWith('$$')) checkVariable(given);
  if (!isObject(given)) return;
  for (const [name, value] of Object.entries(given)) {
    if (name === '$literal') continue;
    if (leftOutExpressions.includes(name)) throw notInSubset(`The expression ${name}`);
    if (name.startsWith('$') && !allOperators().known.has(name))
      throw new CommandError(168, `Unrecognized expression '${name}'`);
    checkOperators(value);
  }
}

function checkVariable(text: string): void {
  const name = text.slice(2).split('.')[0] ?? '';
  if (name === 'USER_ROLES' || name === 'SEARCH_META') throw notInSubset(`The variable $$${name}`);
  if (name === '' || (/^[A-Z]/.test(name) && !systemVariables.has(name) && name !== 'CLUSTER_TIME'))
    throw new CommandError(17276, `Use of undefined variable: ${name}`);
}
