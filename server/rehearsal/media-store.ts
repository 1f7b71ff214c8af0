import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerMedia } from './ledger.ts';

export interface StoredMedia extends LedgerMedia {
  ownerId: string;
  /** When the network has finished preparing it, in milliseconds since 1970. */
  readyAt: number;
}

export type MediaEvent =
  | { type: 'media-stored'; media: StoredMedia }
  | { type: 'media-described'; mediaId: string; altText: string };

/** Whether a line of a network's journal is one for its media. */
export function isOfMedia(event: { type: string }): event is MediaEvent {
  return ['media-stored', 'media-described'].includes(event.type);
}

/** An upload that has begun and is not finished; it does not outlive the process. */
export interface Upload {
  id: string;
  ownerId: string;
  contentType: string;
  category: string;
  totalBytes: number;
  segments: Map<number, Buffer>;
  expiresAt: number;
}

/** Pictures and films: the bytes in files, what is known of them in the journal. */
export class MediaStore {
  readonly uploads = new Map<string, Upload>();
  readonly #stored = new Map<string, StoredMedia>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  apply(event: MediaEvent): void {
    if (event.type === 'media-stored') this.#stored.set(event.media.id, event.media);
    if (event.type === 'media-described') {
      const media = this.#stored.get(event.mediaId);
      if (media) media.altText = event.altText;
    }
  }

  find(id: string): StoredMedia | undefined {
    return this.#stored.get(id);
  }

  /** Writes the bytes to disk; the journal is told afterwards, so that it never names a file that is not there. */
  write(id: string, bytes: Buffer): { bytes: number; sha256: string } {
    const fd = openSync(join(this.#folder, id), 'w', 0o600);
    writeSync(fd, bytes);
    fsyncSync(fd);
    closeSync(fd);
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  read(id: string): Buffer | undefined {
    const path = join(this.#folder, id);
    return this.#stored.has(id) && existsSync(path) ? readFileSync(path) : undefined;
  }
}
