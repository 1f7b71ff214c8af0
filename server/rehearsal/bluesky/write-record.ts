import type { BlueskyAccount } from './account.ts';
import { cidOfRecord } from './cid.ts';
import type { StoredRecord } from './events.ts';
import { checkRecord, mediaOf, POSTS, readPostRecord, toLedgerPost } from './post-record.ts';
import { invalidRequest } from './refusal.ts';
import type { BlueskyWorld } from './world.ts';

export interface Writing {
  collection: string;
  recordKey: string;
  value: Record<string, unknown>;
  /** Milliseconds since 1970. */
  at: number;
  isBackdated?: boolean;
}

export const addressOf = (did: string, collection: string, recordKey: string) =>
  `at://${did}/${collection}/${recordKey}`;

/** The content id that a record has, or will have. Throws InvalidRequest for what no record can hold. */
export function cidFor(value: Record<string, unknown>): string {
  try {
    return cidOfRecord(value);
  } catch (error) {
    throw invalidRequest((error as Error).message);
  }
}

/** Checks a record and puts it into the account's repository; a new post also comes before people. */
export function writeRecord(world: BlueskyWorld, account: BlueskyAccount, writing: Writing): StoredRecord {
  const { collection, recordKey, at, isBackdated = false } = writing;
  const value = { $type: collection, ...writing.value };
  checkRecord(collection, value);
  const media = collection === POSTS ? mediaOf(world, account.did, readPostRecord(value)) : [];
  const uri = addressOf(account.did, collection, recordKey);
  const indexedAt = new Date(at).toISOString();
  const record = { uri, did: account.did, collection, recordKey, cid: cidFor(value), value, indexedAt };
  world.journal.record({ type: 'record-written', record });
  // Like the real view, which does not let a post change once people have seen it.
  if (collection === POSTS && !world.ledger.findVisible(uri)) {
    const post = toLedgerPost(record, account, { media, isBackdated });
    world.journal.record({ type: 'post-created', post });
  }
  return record;
}
