import type { StoredFile } from '../domain/import.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { readChunks } from './import-chunk.ts';

/** So little is read at once that taking it apart holds up nobody for long. */
const PIECE_BYTES = 32 * 1024;

export interface TextPiece {
  text: string;
  /** How many bytes of the file are read with it. */
  readBytes: number;
}

/**
 * The text of a stored file in small pieces, without its byte order mark. Throws `import-file-gone` when not
 * all of it is stored any more and `import-not-utf8` when the bytes are not what the encoding demands.
 */
export async function* readText({ _id: file, encoding, sizeBytes }: StoredFile): AsyncGenerator<TextPiece> {
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
  let readBytes = 0;
  let line = 1;
  for await (const chunk of readChunks(file)) {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      const piece = chunk.subarray(start, start + PIECE_BYTES);
      readBytes += piece.length;
      const text = decoded(decoder, piece, line);
      line += text.split('\n').length - 1;
      if (text) yield { text, readBytes };
    }
  }
  if (readBytes < sizeBytes || readBytes === 0)
    throw new RuleViolation('import-file-gone', 'The file is no longer kept here. Bring it again.');
  const rest = decoded(decoder, undefined, line);
  if (rest) yield { text: rest, readBytes };
}

function decoded(
  decoder: InstanceType<typeof TextDecoder>,
  piece: Uint8Array | undefined,
  line: number,
): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch {
    const readable = new TextDecoder().decode(piece).split('\uFFFD', 1)[0] ?? '';
    throw new RuleViolation('import-not-utf8', 'This file is not written in UTF-8.', {
      field: 'encoding',
      values: { line: line + readable.split('\n').length - 1 },
    });
  }
}
