import { imageSize } from '../image-size.ts';
import { cidOfBytes } from './cid.ts';
import type { Answer, Call } from './endpoint.ts';
import type { StoredBlob } from './events.ts';
import { invalidRequest } from './refusal.ts';
import type { BlueskyWorld } from './world.ts';

/** com.atproto.repo.uploadBlob: keeps the bytes until a record carries them. */
export function uploadBlob({ world, account, bytes, contentType }: Call): Answer {
  if (bytes.length === 0) throw invalidRequest('Request encoding (Content-Type) required but not provided');
  const { cid, mimeType, size } = storeBlob(world, account.did, bytes, contentType);
  return { body: { blob: { $type: 'blob', ref: { $link: cid }, mimeType, size } } };
}

/** What the bytes are counts for more than what they are said to be. */
export function storeBlob(world: BlueskyWorld, did: string, bytes: Buffer, contentType: string): StoredBlob {
  const cid = cidOfBytes(bytes);
  const known = world.repository.blob(did, cid);
  if (known) return known;
  const seen = imageSize(bytes);
  const { sha256, bytes: size } = world.files.write(cid, bytes);
  const blob: StoredBlob = {
    cid,
    did,
    mimeType: seen?.contentType ?? contentType,
    size,
    sha256,
    width: seen?.width ?? null,
    height: seen?.height ?? null,
  };
  world.journal.record({ type: 'blob-stored', blob });
  return blob;
}
