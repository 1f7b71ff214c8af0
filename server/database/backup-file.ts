import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { deserialize, serialize } from 'bson';
import { CannotStart } from '../errors.ts';

/** The first record of a file. */
interface BackupHead {
  readonly rejoinderBackup: 1;
  readonly at: Date;
  readonly database: string;
  /** How far the collections belong to one instant. */
  readonly consistency: 'one instant' | 'collection by collection';
}

/** Before the documents of a collection. */
export interface BackupCollection {
  readonly collection: string;
  readonly indexes: readonly Record<string, unknown>[];
}

/** The last record: without it the file was cut short. */
interface BackupEnd {
  readonly documents: number;
}

export type BackupRecord =
  | { readonly kind: 'head'; readonly value: BackupHead }
  | { readonly kind: 'collection'; readonly value: BackupCollection }
  | { readonly kind: 'document'; readonly raw: Uint8Array }
  | { readonly kind: 'end'; readonly value: BackupEnd };

const LETTERS = { head: 'H', collection: 'C', document: 'D', end: 'E' } as const;
const KINDS = new Map(Object.entries(LETTERS).map(([kind, letter]) => [letter.charCodeAt(0), kind]));

/** Writes one compressed file, readable by its owner only; it appears under its name once it is whole and on disk. */
export async function writeBackupFile(file: string, records: AsyncIterable<BackupRecord>): Promise<void> {
  const partial = `${file}.part`;
  try {
    await pipeline(
      Readable.from(encoded(records)),
      createGzip(),
      createWriteStream(partial, { mode: 0o600 }),
    );
    await syncToDisk(partial);
    await rename(partial, file);
    await syncToDisk(dirname(file));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function* encoded(records: AsyncIterable<BackupRecord>): AsyncGenerator<Buffer> {
  for await (const record of records) {
    yield Buffer.from(LETTERS[record.kind]);
    yield Buffer.from(record.kind === 'document' ? record.raw : serialize(record.value));
  }
}

async function syncToDisk(path: string): Promise<void> {
  // Windows opens no directories.
  const handle = await open(path, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** The records of a backup. Throws CannotStart when the file is no backup, is damaged or was cut short. */
export async function* readBackupFile(file: string): AsyncGenerator<BackupRecord> {
  let isWhole = false;
  try {
    let isFirst = true;
    for await (const record of decoded(unzipped(file))) {
      if (isFirst && record.kind !== 'head') throw new Error('no head');
      isFirst = false;
      isWhole = record.kind === 'end';
      yield record;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new CannotStart(`There is no file ${file}.`);
    throw new CannotStart(
      `${file} is no backup of Rejoinder, or it is damaged (${(error as Error).message}).`,
    );
  }
  if (!isWhole) throw new CannotStart(`${file} was cut short; use another backup.`);
}

/** What is wrong with the file is told to whoever reads on, and to nobody who has turned away. */
function unzipped(file: string): AsyncIterable<unknown> {
  const bytes = createGunzip();
  bytes.on('error', () => undefined);
  createReadStream(file)
    .on('error', (error) => bytes.destroy(error))
    .pipe(bytes);
  return bytes;
}

async function* decoded(chunks: AsyncIterable<unknown>): AsyncGenerator<BackupRecord> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let length = recordLength(rest); length > 0; length = recordLength(rest)) {
      yield recordOf(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  }
  if (rest.length > 0) throw new Error('it ends within a record');
}

/** 0 while the record is not complete. */
function recordLength(bytes: Buffer): number {
  if (bytes.length < 5) return 0;
  const length = 1 + bytes.readInt32LE(1);
  if (!KINDS.has(bytes[0] ?? 0) || length < 6) throw new Error('unknown record');
  return bytes.length < length ? 0 : length;
}

function recordOf(bytes: Buffer): BackupRecord {
  const kind = KINDS.get(bytes[0] ?? 0);
  const raw = bytes.subarray(1);
  if (kind === 'document') return { kind, raw };
  return { kind, value: deserialize(raw, { promoteValues: true }) } as unknown as BackupRecord;
}
