import type { BlueskyEvent, StoredBlob, StoredRecord } from './events.ts';

/** The records and files of all accounts. Changes only through events. */
export class Repository {
  readonly #records = new Map<string, StoredRecord>();
  readonly #blobs = new Map<string, StoredBlob>();

  apply(event: BlueskyEvent): void {
    if (event.type === 'record-written') this.#records.set(event.record.uri, event.record);
    else if (event.type === 'record-deleted') this.#records.delete(event.uri);
    else if (event.type === 'blob-stored')
      this.#blobs.set(blobKey(event.blob.did, event.blob.cid), event.blob);
    else if (event.type === 'account-removed') this.#remove(event.did);
  }

  find(uri: string): StoredRecord | undefined {
    return this.#records.get(uri);
  }

  /** The records of one collection, the highest key first. */
  list(did: string, collection: string): StoredRecord[] {
    return [...this.#records.values()]
      .filter((record) => record.did === did && record.collection === collection)
      .sort((one, other) => (one.recordKey < other.recordKey ? 1 : -1));
  }

  blob(did: string, cid: string): StoredBlob | undefined {
    return this.#blobs.get(blobKey(did, cid));
  }

  /** A file of that content, whoever uploaded it. */
  anyBlob(cid: string): StoredBlob | undefined {
    return [...this.#blobs.values()].find((blob) => blob.cid === cid);
  }

  #remove(did: string): void {
    for (const [uri, record] of this.#records) if (record.did === did) this.#records.delete(uri);
    for (const [key, blob] of this.#blobs) if (blob.did === did) this.#blobs.delete(key);
  }
}

const blobKey = (did: string, cid: string) => `${did} ${cid}`;
