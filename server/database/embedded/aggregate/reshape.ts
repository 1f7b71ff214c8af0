import type { Document } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { parseProjection, setComputed } from '../query/projection.ts';
import { expression } from './expression.ts';
import { each, type Stage, type StageContext } from './stage.ts';

export function project(spec: unknown, { variables }: Pick<StageContext, 'variables'>): Stage {
  if (!isObject(spec) || Object.keys(spec).length === 0)
    throw new CommandError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  const change = parseProjection(spec, variables, 'aggregate');
  return each((document) => [change(document, () => undefined)]);
}

export function addFields(spec: unknown, { variables }: Pick<StageContext, 'variables'>): Stage {
  if (!isObject(spec)) throw new CommandError(40272, '$addFields specification stage must be an object');
  const fields = flatten(spec, '').map(([path, value]) => ({
    parts: path.split('.'),
    evaluate: expression(value, variables),
  }));
  return each((document) => {
    const result = { ...document };
    for (const { parts, evaluate } of fields) setComputed(result, parts, evaluate(document));
    return [result];
  });
}

/** Nested objects set the fields they name and leave the others alone. */
export function flatten(spec: Document, prefix: string): [string, unknown][] {
  return Object.entries(spec).flatMap(([name, value]): [string, unknown][] => {
    if (name.startsWith('$'))
      throw new CommandError(16410, `FieldPath field names may not start with '$': ${name}`);
    const isNested =
      isObject(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$');
    return isNested ? flatten(value, `${prefix}${name}.`) : [[prefix + name, value]];
  });
}

export function unset(spec: unknown): Stage {
  const paths = Array.isArray(spec) ? spec : [spec];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string' && path !== ''))
    throw new CommandError(31002, '$unset specification must be a string or an array of strings');
  return project(Object.fromEntries(paths.map((path) => [path, false])), { variables: {} });
}

export function replaceRoot(spec: unknown, { variables }: Pick<StageContext, 'variables'>): Stage {
  const evaluate = expression(spec, variables);
  return each((document) => {
    const root = evaluate(document);
    if (!isObject(root))
      throw new CommandError(
        40228,
        "PlanExecutor error during aggregation :: caused by :: 'newRoot' expression must evaluate to an object",
      );
    return [{ ...root }];
  });
}

export function unwind(spec: unknown): Stage {
  const given: Document = typeof spec === 'string' ? { path: spec } : ((spec ?? {}) as Document);
  const { path, includeArrayIndex: indexField, preserveNullAndEmptyArrays: keepsEmpty } = given;
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${String(path)}`,
    );
  const parts = path.slice(1).split('.');
  return each((document) => {
    const value = parts.reduce<unknown>(
      (inner, part) => (isObject(inner) ? inner[part] : undefined),
      document,
    );
    const withIndex = (result: Document, index: number | null) => {
      if (typeof indexField === 'string') setComputed(result, indexField.split('.'), index);
      return result;
    };
    if (Array.isArray(value) && value.length > 0)
      return value.map((item, i) => {
        const result = { ...document };
        setComputed(result, parts, item);
        return withIndex(result, i);
      });
    const isEmpty = value === undefined || value === null || Array.isArray(value);
    if (!isEmpty) return [withIndex({ ...document }, null)];
    if (keepsEmpty !== true) return [];
    const result = { ...document };
    if (Array.isArray(value)) setComputed(result, parts, undefined);
    return [withIndex(result, null)];
  });
}
