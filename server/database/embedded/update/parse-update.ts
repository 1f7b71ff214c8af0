import type { Document } from '../bson/codec.ts';
import { compareText } from '../bson/compare.ts';
import { isIndex } from '../bson/path.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { operators } from './operators.ts';

interface Change {
  readonly operator: string;
  readonly path: string;
  readonly operand: unknown;
}

export type Update =
  | { readonly kind: 'replacement'; readonly document: Document }
  | { readonly kind: 'operators'; readonly changes: readonly Change[] }
  | { readonly kind: 'pipeline'; readonly stages: readonly Document[] };

/** Reads an update as the client sent it. Throws CommandError for unknown operators and conflicting paths. */
export function parseUpdate(update: unknown): Update {
  if (Array.isArray(update)) return { kind: 'pipeline', stages: update };
  if (!isObject(update))
    throw new CommandError('FailedToParse', 'Update argument must be either an object or an array');
  const [first] = Object.keys(update);
  if (first?.startsWith('$') !== true) return replacement(update);
  const changes = Object.entries(update).flatMap(([name, fields]) => operatorChanges(name, fields));
  refuseConflicts(changes);
  return { kind: 'operators', changes: changes.sort((a, b) => comparePaths(a.path, b.path)) };
}

function replacement(document: Document): Update {
  const stray = Object.keys(document).find((key) => key.startsWith('$'));
  if (stray)
    throw new CommandError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${stray}' in '${stray}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  return { kind: 'replacement', document };
}

function operatorChanges(name: string, fields: unknown): Change[] {
  if (name !== '$rename' && !operators[name])
    throw new CommandError(
      'FailedToParse',
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  if (!isObject(fields))
    throw new CommandError(
      'FailedToParse',
      `Modifiers operate on fields but we found type ${typeof fields} instead. For example: {$mod: {<field>: ...}} not {${name}: ${JSON.stringify(fields)}}`,
    );
  return Object.entries(fields).flatMap(([path, operand]) =>
    name === '$rename' ? renameChanges(path, operand) : [{ operator: name, path, operand }],
  );
}

function renameChanges(from: string, to: unknown): Change[] {
  if (typeof to !== 'string')
    throw new CommandError(
      'BadValue',
      `The 'to' field for $rename must be a string: ${from}: ${JSON.stringify(to)}`,
    );
  if (from === to)
    throw new CommandError(
      'BadValue',
      `The source and target field for $rename must differ: ${from}: "${to}"`,
    );
  for (const path of [from, to])
    if (path.split('.').some((part) => part.startsWith('$')))
      throw new CommandError(
        'BadValue',
        `The source or destination field for $rename may not be dynamic: ${path}`,
      );
  return [
    { operator: '$rename', path: from, operand: to },
    { operator: '$renameTo', path: to, operand: from },
  ];
}

function refuseConflicts(changes: readonly Change[]): void {
  const taken = new Set<string>();
  for (const path of changes.map((change) => change.path).sort(compareText)) {
    const conflict = takenPrefix(path.split('.'), taken);
    if (conflict !== undefined)
      throw new CommandError(
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${conflict}'`,
      );
    taken.add(path);
  }
}

function takenPrefix(parts: readonly string[], taken: ReadonlySet<string>): string | undefined {
  for (let i = 1; i <= parts.length; i += 1) {
    const prefix = parts.slice(0, i).join('.');
    if (taken.has(prefix)) return prefix;
  }
  return undefined;
}

/** New fields appear in this order, as in MongoDB since 5.0: by name, array positions by number. */
function comparePaths(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const [x = '', y = ''] = [left[i], right[i]];
    const order = isIndex(x) && isIndex(y) ? Number(x) - Number(y) : compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
