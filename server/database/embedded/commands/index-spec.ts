import type { Document } from '../bson/codec.ts';
import { equalValues } from '../bson/compare.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError, notInSubset } from '../errors.ts';
import { compileIndex } from '../storage/compile-index.ts';

/** The options of an index that are kept, besides its key and name. */
export const indexOptions: readonly string[] = [
  'unique',
  'sparse',
  'expireAfterSeconds',
  'partialFilterExpression',
  'hidden',
];
const ignored = ['v', 'key', 'name', 'background', 'ns', 'collation'];
const MOST_SECONDS = 2_147_483_647;

/** One index as it is kept. Throws CommandError for what is malformed or left out. */
export function checkIndexSpec(given: unknown): Document {
  if (!isObject(given) || !isObject(given.key))
    throw new CommandError(
      'FailedToParse',
      "The 'key' field is a required property of an index specification",
    );
  if (typeof given.name !== 'string' || given.name === '')
    throw new CommandError(
      'FailedToParse',
      "The 'name' field is a required property of an index specification",
    );
  checkKey(given.key);
  for (const option of Object.keys(given))
    if (!indexOptions.includes(option) && !ignored.includes(option))
      throw notInSubset(`The index option ${option}`, 'CannotCreateIndex');
  const collation = given.collation;
  if (isObject(collation) && collation.locale !== 'simple')
    throw notInSubset('Collation', 'CannotCreateIndex');
  checkExpiry(given);
  const options = indexOptions.filter((option) => given[option] !== undefined && given[option] !== false);
  const spec = {
    ...{ v: 2, key: given.key, name: given.name },
    ...Object.fromEntries(options.map((option) => [option, given[option]])),
  };
  if (spec.name !== '_id_' && given.sparse === true && given.partialFilterExpression !== undefined)
    throw new CommandError('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  compileIndex(0, spec, { multikey: false, cut: false, ready: true });
  return spec;
}

function checkKey(key: Document): void {
  const fields = Object.entries(key);
  if (fields.length === 0)
    throw new CommandError('CannotCreateIndex', 'Index keys cannot be an empty object');
  for (const [path, direction] of fields) {
    if (typeof direction === 'string') throw notInSubset(`A ${direction} index`, 'CannotCreateIndex');
    if (!isNumeric(direction) || toNumber(direction) === 0)
      throw new CommandError(
        'CannotCreateIndex',
        `Values in the index key pattern must be non-zero numbers or strings, found ${JSON.stringify(direction)}`,
      );
    if (path.includes('$**')) throw notInSubset('A wildcard index', 'CannotCreateIndex');
    if (path === '' || path.split('.').some((part) => part === '' || part.startsWith('$')))
      throw new CommandError('CannotCreateIndex', `Index key contains an illegal field name: '${path}'.`);
  }
}

function checkExpiry({ key, expireAfterSeconds: seconds }: Document): void {
  if (seconds === undefined) return;
  if (!isNumeric(seconds))
    throw new CommandError('CannotCreateIndex', 'TTL index expireAfterSeconds option must be numeric');
  if (toNumber(seconds) < 0 || toNumber(seconds) > MOST_SECONDS)
    throw new CommandError(
      'CannotCreateIndex',
      `TTL index expireAfterSeconds must be between 0 and ${MOST_SECONDS}`,
    );
  if (Object.keys(key as Document).length > 1)
    throw new CommandError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL',
    );
}

/** Whether two specifications of the same key and name ask for the same index. */
export function sameIndex(a: Document, b: Document): boolean {
  return indexOptions.every((option) => option === 'hidden' || equalValues(a[option], b[option]));
}
