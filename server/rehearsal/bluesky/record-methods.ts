import { AtUri } from '@atproto/api';
import type { Answer, Call, OpenCall } from './endpoint.ts';
import { POSTS } from './post-record.ts';
import { authMissing, invalidRequest, XrpcRefusal } from './refusal.ts';
import { tid } from './tid.ts';
import { addressOf, cidFor, writeRecord } from './write-record.ts';

interface RecordInput {
  repo: string;
  collection: string;
  rkey?: string;
  record: Record<string, unknown>;
  swapRecord?: string | null;
}

/** com.atproto.repo.putRecord: the same content again changes nothing; `swapRecord` says what must be there before. */
export function putRecord(call: Call): Answer {
  const { world, account } = call;
  const { repo, collection, rkey = '', record, swapRecord } = call.input as RecordInput;
  assertOwn(call, repo);
  const current = world.repository.find(addressOf(account.did, collection, rkey));
  const isSame = current?.cid === cidFor({ $type: collection, ...record });
  if (!isSame) assertSwap(current?.cid ?? null, swapRecord);
  const written =
    current && isSame
      ? current
      : writeRecord(world, account, { collection, recordKey: rkey, value: record, at: world.clock.now() });
  return answer(written, collection);
}

/** com.atproto.repo.createRecord: fails like the real server, without a reason, when the key is taken. */
export function createRecord(call: Call): Answer {
  const { world, account } = call;
  const { repo, collection, rkey, record } = call.input as RecordInput;
  assertOwn(call, repo);
  const now = world.clock.now();
  const recordKey = rkey ?? freeKey(call, collection, now);
  if (world.repository.find(addressOf(account.did, collection, recordKey))) {
    throw new XrpcRefusal(500, 'InternalServerError', 'Internal Server Error');
  }
  const written = writeRecord(world, account, { collection, recordKey, value: record, at: now });
  return answer(written, collection);
}

/** com.atproto.repo.deleteRecord: says the same whether the record was there or not. */
export function deleteRecord(call: Call): Answer {
  const { world, account } = call;
  const { repo, collection, rkey = '', swapRecord } = call.input as RecordInput;
  assertOwn(call, repo);
  const uri = addressOf(account.did, collection, rkey);
  const current = world.repository.find(uri);
  if (current) {
    assertSwap(current.cid, swapRecord);
    world.journal.record({ type: 'record-deleted', uri });
    const at = new Date(world.clock.now()).toISOString();
    if (world.ledger.findVisible(uri)) world.journal.record({ type: 'post-deleted', id: uri, at });
  }
  return { body: {}, postId: uri };
}

/** com.atproto.repo.getRecord */
export function getRecord({ world, params }: OpenCall): Answer {
  const account = world.registry.account(String(params.repo));
  if (!account) throw invalidRequest(`Could not find repo: ${params.repo}`);
  const uri = addressOf(account.did, String(params.collection), String(params.rkey));
  const record = world.repository.find(uri);
  if (!record || (params.cid !== undefined && params.cid !== record.cid)) {
    throw new XrpcRefusal(400, 'RecordNotFound', `Could not locate record: ${uri}`);
  }
  return { body: { uri, cid: record.cid, value: record.value } };
}

/** com.atproto.repo.listRecords: the highest keys first. */
export function listRecords({ world, params }: OpenCall): Answer {
  const account = world.registry.account(String(params.repo));
  if (!account) throw invalidRequest(`Could not find repo: ${params.repo}`);
  const { limit, cursor, reverse } = params as { limit: number; cursor?: string; reverse?: boolean };
  const all = world.repository.list(account.did, String(params.collection));
  const inOrder = reverse ? all.reverse() : all;
  const start = cursor === undefined ? 0 : 1 + inOrder.findIndex(({ recordKey }) => recordKey === cursor);
  const shown = inOrder.slice(start, start + limit);
  const last = shown.at(-1);
  const records = shown.map(({ uri, cid, value }) => ({ uri, cid, value }));
  return { body: { records, ...(last && { cursor: last.recordKey }) } };
}

function answer(
  { uri, cid, value }: { uri: string; cid: string; value: object },
  collection: string,
): Answer {
  const text = collection === POSTS && 'text' in value ? String(value.text) : undefined;
  const body = { uri, cid, validationStatus: 'valid' };
  return { body, ...(collection === POSTS && { postId: uri }), ...(text !== undefined && { text }) };
}

function assertOwn({ world, account }: Call, repo: string): void {
  const owner = world.registry.account(repo);
  if (!owner) throw new XrpcRefusal(403, 'AccountNotFound', 'Account not found');
  if (owner.did !== account.did) throw authMissing();
}

/** undefined: whatever is there. */
function assertSwap(current: string | null, expected: string | null | undefined): void {
  if (expected === undefined || expected === current) return;
  throw new XrpcRefusal(400, 'InvalidSwap', `Record was at ${current}`);
}

function freeKey({ world, account }: Call, collection: string, now: number): string {
  for (let low = 0; ; low += 1) {
    const key = tid(now, low);
    if (!world.repository.find(AtUri.make(account.did, collection, key).toString())) return key;
  }
}
