import type { Document } from '../bson/codec.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError, notInSubset } from '../errors.ts';
import type { Invocation } from './invocation.ts';

/** Refuses the named options when they are set. */
export function refuse(invocation: Invocation, options: readonly string[]): void {
  for (const option of options) {
    const value = invocation.head[option];
    const isSet = value !== undefined && value !== false && value !== null;
    if (isSet) throw notInSubset(`The option ${option} of ${invocation.name}`);
  }
}

/** Refuses what no command of a single server without transactions can honour. */
export function refuseEverywhere({ head }: Invocation): void {
  if (head.startTransaction !== undefined || head.autocommit !== undefined || head.txnNumber !== undefined)
    throw new CommandError(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos. Set MONGODB_URI to the address of a replica set to use transactions.',
    );
  refuseCollation(head.collation);
  const level = isObject(head.readConcern) ? head.readConcern.level : undefined;
  if (level !== undefined && !['local', 'available', 'majority'].includes(String(level)))
    throw notInSubset(`The read concern ${String(level)}`, 'InvalidOptions');
  checkWriteConcern(head.writeConcern);
}

/** Only MongoDB's own binary order is offered. */
export function refuseCollation(collation: unknown): void {
  if (!isObject(collation)) return;
  if (Object.keys(collation).length > 0 && collation.locale !== 'simple') throw notInSubset('Collation');
}

function checkWriteConcern(given: unknown): void {
  const concern = isObject(given) ? (given as Document) : {};
  const { w } = concern;
  if (isNumeric(w) && toNumber(w) > 1)
    throw new CommandError('BadValue', "cannot use 'w' > 1 when a host is not replicated");
  if (typeof w === 'string' && w !== 'majority')
    throw new CommandError('BadValue', `cannot use non-majority 'w' mode ${w} when a host is not replicated`);
}
