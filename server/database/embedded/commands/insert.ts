import { ObjectId } from 'bson';
import { type Document, encode, readPlain, readTyped } from '../bson/codec.ts';
import { COMMIT_SLICE, type Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import { checkId, idFirst } from '../update/apply-update.ts';
import type { Invocation } from './invocation.ts';
import { MOST_WRITES, type WriteError, writeErrorOf, writeReplyOf } from './write-result.ts';

export async function insert(invocation: Invocation): Promise<Document> {
  const { database, collection, documents } = invocation;
  const { engine } = invocation.runtime;
  const ordered = invocation.head.ordered !== false;
  if (documents.length === 0 || documents.length > MOST_WRITES)
    throw new CommandError(
      'InvalidLength',
      `Write batch sizes must be between 1 and ${MOST_WRITES}. Got ${documents.length} operations.`,
    );
  const state = { next: 0, inserted: 0, errors: [] as WriteError[] };
  while (state.next < documents.length)
    await engine.write(() => insertSome({ engine, database, collection, documents, ordered, state }));
  return writeReplyOf({ n: state.inserted }, state.errors);
}

interface Inserting {
  engine: Engine;
  database: string;
  collection: string;
  documents: readonly Buffer[];
  ordered: boolean;
  state: { next: number; inserted: number; errors: WriteError[] };
}

function insertSome({ engine, database, collection, documents, ordered, state }: Inserting): void {
  const ends = performance.now() + COMMIT_SLICE;
  const target = engine.ensure(database, collection);
  while (state.next < documents.length && performance.now() < ends) {
    const index = state.next;
    state.next += 1;
    try {
      const { raw, document } = completed(documents[index] as Buffer);
      engine.records.insert(target, raw, document);
      state.inserted += 1;
    } catch (error) {
      state.errors.push(writeErrorOf(error, index));
      if (ordered) state.next = documents.length;
    }
  }
}

/** The document with an _id, standing first. Bytes that already are so stay as they came. */
function completed(raw: Buffer): { raw: Buffer; document: Document } {
  const document = readPlain(raw);
  if (document._id === undefined || Object.keys(document)[0] !== '_id') {
    const typed = readTyped(raw);
    const full = typed._id === undefined ? { ...typed, _id: new ObjectId() } : typed;
    checkId(full._id);
    const bytes = encode(idFirst(full));
    return { raw: bytes, document: readPlain(bytes) };
  }
  checkId(document._id);
  return { raw, document };
}
