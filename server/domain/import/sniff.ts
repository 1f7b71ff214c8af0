import type { ImportEncoding } from '../import.ts';
import { RuleViolation } from '../rule-violation.ts';

/** How files that are no text begin: zip (also xlsx and ods), the older Excel, PDF, gzip, PNG, JPEG. */
const NO_TEXT = [
  'PK\u0003\u0004',
  '\u00d0\u00cf\u0011\u00e0',
  '%PDF',
  '\u001f\u008b',
  '\u0089PNG',
  '\u00ff\u00d8\u00ff',
];

/**
 * Looks at the bytes of a file as they arrive and says in the end how its letters are written: by its byte order
 * mark, else UTF-8 when all of it is valid UTF-8, else Windows-1252, which is what spreadsheets write unasked.
 * Throws `import-empty` and `import-binary`.
 */
export function openSniffer(): { push(bytes: Uint8Array): void; end(): ImportEncoding } {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let marked: ImportEncoding | null = null;
  let size = 0;
  let isUtf8 = true;
  const isValid = (bytes?: Uint8Array) => {
    try {
      strict.decode(bytes, { stream: bytes !== undefined });
      return true;
    } catch {
      return false;
    }
  };
  return {
    push(bytes) {
      if (size === 0) {
        const start = String.fromCharCode(...bytes.subarray(0, 8));
        if (NO_TEXT.some((magic) => start.startsWith(magic))) throw binary();
        marked = encodingOfMark(start);
      }
      size += bytes.length;
      if (marked) return;
      if (bytes.includes(0)) throw binary();
      isUtf8 &&= isValid(bytes);
    },
    end() {
      if (size === 0) throw new RuleViolation('import-empty', 'This file is empty.', { field: 'file' });
      if (marked) return marked;
      return isUtf8 && isValid() ? 'utf-8' : 'windows-1252';
    },
  };
}

function encodingOfMark(start: string): ImportEncoding | null {
  if (start.startsWith('\u00ff\u00fe')) return 'utf-16le';
  if (start.startsWith('\u00fe\u00ff')) return 'utf-16be';
  return null;
}

function binary(): RuleViolation {
  return new RuleViolation('import-binary', 'This is not a text file.', { field: 'file' });
}
