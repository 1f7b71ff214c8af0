import { imageSize } from '../image-size.ts';
import type { StoredMedia } from '../media-store.ts';
import type { Answer, Call } from './endpoint.ts';
import { invalid, notFound } from './problem.ts';
import { toAttachment } from './status-entity.ts';
import type { MastodonWorld } from './world.ts';

export const LARGEST_IMAGE = 16_777_216;
export const LONGEST_ALT_TEXT = 1500;
/** How long this server takes to prepare a picture, if it does that later. */
const PROCESSING_MS = 250;

/** POST /api/v2/media: takes a picture; one that is prepared later is answered with 202. */
export function uploadMedia({ world, account, parameters }: Call): Answer {
  const { file, description } = parameters;
  if (!Buffer.isBuffer(file)) throw invalid("File can't be blank");
  const later = world.make.current.preparesLater ? PROCESSING_MS : 0;
  const media = storePicture(world, {
    ownerId: account.userId,
    bytes: file,
    altText: altTextOf(description),
    at: world.clock.now(),
    later,
  });
  return { status: later > 0 ? 202 : 200, body: toAttachment(media, later === 0) };
}

/** GET /api/v1/media/:id: 206 while it is being prepared. */
export function readMedia(call: Call): Answer {
  const media = findOwn(call);
  const isReady = media.readyAt <= call.world.clock.now();
  return { status: isReady ? 200 : 206, body: toAttachment(media, isReady) };
}

/** PUT /api/v1/media/:id: the text for those who cannot see a picture. */
export function describeMedia(call: Call): Answer {
  const media = findOwn(call);
  const altText = altTextOf(call.parameters.description);
  if (altText !== null) call.world.journal.record({ type: 'media-described', mediaId: media.id, altText });
  return { body: toAttachment({ ...media, altText: altText ?? media.altText }) };
}

/** Throws MastodonProblem when the bytes are no picture that Mastodon takes. */
export function storePicture(
  world: MastodonWorld,
  picture: { ownerId: string; bytes: Buffer; altText: string | null; at: number; later?: number },
): StoredMedia {
  const { ownerId, bytes, altText, at, later = 0 } = picture;
  const size = imageSize(bytes);
  if (!size) throw invalid('File content type is invalid');
  if (bytes.length > LARGEST_IMAGE) throw invalid('File file size must be less than 16 MB');
  const id = world.ids.backdated(at);
  const kind = size.contentType === 'image/gif' ? 'animated_gif' : 'photo';
  const stored = world.media.write(id, bytes);
  const media: StoredMedia = { id, ownerId, kind, ...size, ...stored, altText, readyAt: at + later };
  world.journal.record({ type: 'media-stored', media });
  return media;
}

function altTextOf(description: unknown): string | null {
  if (typeof description !== 'string' || description === '') return null;
  if (description.length > LONGEST_ALT_TEXT) {
    throw invalid(`Description is too long (maximum is ${LONGEST_ALT_TEXT} characters)`);
  }
  return description;
}

function findOwn({ world, account, param }: Call): StoredMedia {
  const media = world.media.find(param('id'));
  if (!media || media.ownerId !== account.userId) throw notFound();
  return media;
}
