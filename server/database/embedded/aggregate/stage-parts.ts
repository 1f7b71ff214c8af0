import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';

/** The one operator of a stage and its argument. Throws CommandError for what is not a stage. */
export function stageParts(stage: unknown): [string, unknown] {
  const [first, ...others] = isObject(stage) ? Object.entries(stage) : [];
  if (!first || others.length > 0)
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return first;
}

/** Throws CommandError unless the value is a whole number of at least `least`. */
export function wholeNumber(name: string, value: unknown, least: number): number {
  const number = Number(value);
  if ((typeof value !== 'number' && typeof value !== 'bigint') || !Number.isInteger(number) || number < least)
    throw new CommandError(
      name === '$limit' ? 15958 : 5107200,
      `invalid argument to ${name} stage: Expected a ${least > 0 ? 'positive' : 'non-negative'} number in: ${name}: ${JSON.stringify(value)}`,
    );
  return number;
}
