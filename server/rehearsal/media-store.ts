import { FileFolder } from './file-folder.ts';
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
  readonly #files: FileFolder;

  constructor(folder: string) {
    this.#files = new FileFolder(folder);
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

  write(id: string, bytes: Buffer): { bytes: number; sha256: string } {
    return this.#files.write(id, bytes);
  }

  read(id: string): Buffer | undefined {
    return this.#stored.has(id) ? this.#files.read(id) : undefined;
  }
}
