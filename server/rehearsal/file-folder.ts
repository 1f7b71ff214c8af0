import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A network's pictures and films, in files of their own. */
export class FileFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  /** Writes the bytes to disk; the journal is told afterwards, so that it never names a file that is not there. */
  write(name: string, bytes: Buffer): { bytes: number; sha256: string } {
    const fd = openSync(join(this.#path, name), 'w', 0o600);
    writeSync(fd, bytes);
    fsyncSync(fd);
    closeSync(fd);
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  read(name: string): Buffer | undefined {
    const path = join(this.#path, name);
    return existsSync(path) ? readFileSync(path) : undefined;
  }
}
