import type { Context } from '../context.ts';
import { openSniffer } from '../domain/import/sniff.ts';
import { type ImportEncoding, LARGEST_IMPORT } from '../domain/import.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { newId } from '../models/document.ts';
import { Imports } from '../models/import.ts';
import { ImportChunks, storeChunk } from '../models/import-chunk.ts';
import { type Actor, allow } from './allow.ts';
import { readHead } from './read-head.ts';

const CHUNK_BYTES = 256 * 1024;
const MEGABYTE = 1024 * 1024;
/** What a form may hold beside its file. */
const FORM_BYTES = 64 * 1024;
const LONGEST_NAME = 120;

export interface FileInput {
  /** As the browser calls it. */
  name: string;
  /** How much is announced; what is too much is refused before anything of it is stored. */
  announcedBytes?: number;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Takes a file in, piece by piece, and looks at its beginning; nothing of it is in the library yet. Throws a
 * RuleViolation about `file`, and keeps nothing, when it is too large, empty, no text, or cannot be read.
 */
export async function uploadImport(
  context: Context,
  member: Actor,
  file: FileInput,
): Promise<{ _id: string }> {
  allow(member, 'library.edit');
  if ((file.announcedBytes ?? 0) > LARGEST_IMPORT + FORM_BYTES) throw tooLarge();
  const now = context.clock.now();
  const _id = newId();
  const name =
    file.name
      .replace(/^.*[\\/]/, '')
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(-LONGEST_NAME) || 'file';
  try {
    const { encoding, sizeBytes } = await store(_id, file.bytes);
    const head = await readHead({ _id, encoding, sizeBytes, name });
    const made = { _id, name, encoding, sizeBytes, ...head, state: 'mapping' as const };
    await Imports.create({ ...made, createdBy: member._id, createdAt: now });
  } catch (error) {
    await ImportChunks.deleteMany({ import: _id });
    throw error;
  }
  return { _id };
}

async function store(
  file: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ encoding: ImportEncoding; sizeBytes: number }> {
  const sniffer = openSniffer();
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let sizeBytes = 0;
  let number = 0;
  const flush = async () => {
    await storeChunk(file, { number, bytes: Buffer.concat(waiting) });
    [waiting, waitingBytes] = [[], 0];
    number += 1;
  };
  for await (const piece of bytes) {
    sizeBytes += piece.length;
    if (sizeBytes > LARGEST_IMPORT) throw tooLarge();
    sniffer.push(piece);
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes >= CHUNK_BYTES) await flush();
  }
  const encoding = sniffer.end();
  if (waitingBytes > 0) await flush();
  return { encoding, sizeBytes };
}

function tooLarge(): RuleViolation {
  return new RuleViolation('import-too-large', 'This file is too large.', {
    field: 'file',
    values: { megabytes: LARGEST_IMPORT / MEGABYTE },
  });
}
