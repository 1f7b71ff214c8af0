import { Int32, Timestamp } from 'bson';
import { compareValues } from '../bson/compare.ts';
import { bare, isNumeric, type Numeric } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { typeName } from '../query/type-names.ts';
import { calculate, wrapped } from './arithmetic.ts';
import { addToSet, pop, pull, pullAll, push } from './array-operators.ts';
import type { Target } from './target.ts';

export interface OperatorContext {
  readonly now: Date;
  readonly path: string;
}

export interface Operator {
  /** Whether a missing path comes into being. */
  readonly creates: boolean;
  /** Only while an upsert makes a new document. */
  readonly onlyOnInsert?: boolean;
  /** Reads the operand once; throws CommandError when it makes no sense. */
  readonly apply: (target: Target, operand: unknown, context: OperatorContext) => void;
}

/** The update operators, by name; $rename is resolved into $set and $unset before. */
export const operators: Readonly<Record<string, Operator>> = {
  $set: { creates: true, apply: (target, operand) => target.set(operand) },
  $setOnInsert: { creates: true, onlyOnInsert: true, apply: (target, operand) => target.set(operand) },
  $unset: { creates: false, apply: (target) => target.unset() },
  $inc: { creates: true, apply: arithmetic('$inc', 'add') },
  $mul: { creates: true, apply: arithmetic('$mul', 'multiply') },
  $min: { creates: true, apply: extreme(-1) },
  $max: { creates: true, apply: extreme(1) },
  $currentDate: { creates: true, apply: currentDate },
  $bit: { creates: true, apply: bit },
  $push: { creates: true, apply: push },
  $addToSet: { creates: true, apply: addToSet },
  $pop: { creates: false, apply: pop },
  $pull: { creates: false, apply: pull },
  $pullAll: { creates: false, apply: pullAll },
};

/** Every update operator. */
export const updateOperatorNames: readonly string[] = ['$rename', ...Object.keys(operators)];

function arithmetic(name: string, operation: 'add' | 'multiply'): Operator['apply'] {
  const verb = operation === 'add' ? 'increment' : 'multiply';
  return (target, operand, { path }) => {
    if (!isNumeric(operand))
      throw new CommandError(
        'TypeMismatch',
        `Cannot ${verb} with non-numeric argument: {${path}: ${JSON.stringify(operand)}}`,
      );
    const current = target.get();
    if (current === undefined) {
      target.set(operation === 'add' ? operand : calculate('multiply', operand, new Int32(0)));
      return;
    }
    if (!isNumeric(current))
      throw new CommandError(
        'TypeMismatch',
        `Cannot apply ${name} to a value of non-numeric type. The field '${path}' has non-numeric type ${typeName(current)}`,
      );
    target.set(calculate(operation, current, operand));
  };
}

function extreme(direction: 1 | -1): Operator['apply'] {
  return (target, operand) => {
    const current = target.get();
    if (current === undefined || compareValues(operand, current) * direction > 0) target.set(operand);
  };
}

function currentDate(target: Target, operand: unknown, { now }: OperatorContext): void {
  const type = isObject(operand) ? operand.$type : operand === true || operand === false ? 'date' : undefined;
  if (type === 'date') target.set(now);
  else if (type === 'timestamp') target.set(new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }));
  else throw new CommandError('BadValue', "The '$type' string field is required to be 'date' or 'timestamp'");
}

function bit(target: Target, operand: unknown, { path }: OperatorContext): void {
  if (!isObject(operand)) throw new CommandError('BadValue', '$bit needs a document like {and: number}');
  for (const [name, mask] of Object.entries(operand)) {
    const current = target.get() ?? new Int32(0);
    if (!isInteger(current) || !isInteger(mask))
      throw new CommandError('BadValue', `Cannot apply $bit to a value of non-integral type at '${path}'`);
    target.set(combine(name, current, mask));
  }
}

function isInteger(value: unknown): value is Numeric {
  if (!isNumeric(value)) return false;
  const name = typeName(value);
  return name === 'int' || name === 'long';
}

function combine(name: string, left: Numeric, right: Numeric): Numeric {
  const [a, b] = [BigInt(bare(left) as number), BigInt(bare(right) as number)];
  const results: Record<string, bigint> = { and: a & b, or: a | b, xor: a ^ b };
  const result = results[name];
  if (result === undefined)
    throw new CommandError(
      'BadValue',
      `The $bit operator only supports 'and', 'or', and 'xor', not '${name}'`,
    );
  return calculate(
    'add',
    wrapped(left) instanceof Int32 && wrapped(right) instanceof Int32 ? new Int32(Number(result)) : result,
    new Int32(0),
  );
}
