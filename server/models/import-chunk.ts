import { model, Schema } from 'mongoose';
import { IMPORT_FILE_DAYS } from '../domain/import.ts';

/** A piece of a file that waits for its import; in the database, so that a worker on another machine can read it. */
interface ImportChunk {
  _id: string;
  import: string;
  /** From 0. */
  number: number;
  bytes: Buffer;
  createdAt: Date;
}

const schema = new Schema<ImportChunk>(
  {
    _id: String,
    import: { type: String, required: true },
    number: { type: Number, required: true },
    bytes: { type: Buffer, required: true },
    createdAt: { type: Date, required: true, expires: IMPORT_FILE_DAYS * 86_400 },
  },
  { versionKey: false },
);
schema.index({ import: 1, number: 1 }, { unique: true });

export const ImportChunks = model('ImportChunk', schema, 'importChunks');

/** Keeps one piece of a file; the same piece twice is one. */
export async function storeChunk(file: string, { number, bytes }: { number: number; bytes: Buffer }) {
  // The database itself compares it with its own clock.
  const createdAt = new Date();
  await ImportChunks.create({ _id: `${file}:${number}`, import: file, number, bytes, createdAt });
}

/** The bytes of a stored file, piece by piece and one piece in memory. */
export async function* readChunks(file: string): AsyncGenerator<Buffer> {
  for (let number = 0; ; number += 1) {
    const chunk = await ImportChunks.findById(`${file}:${number}`).lean<{ bytes: { buffer: Uint8Array } }>();
    if (!chunk) return;
    // A plain document holds the driver's own Binary.
    yield Buffer.from(chunk.bytes.buffer);
  }
}
