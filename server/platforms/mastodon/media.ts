import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { comparableText } from '../comparable-text.ts';
import type { Credential, Outcome, PrepareOutcome, PublishRequest } from '../platform.ts';
import { classify } from './classify.ts';
import { INCOMPLETE, type MastodonCredential, readCredential } from './credential.ts';
import { type Answer, ask, type MastodonSettings } from './request.ts';

type Image = NonNullable<PublishRequest['images']>[number];
type Uploaded = { kind: 'uploaded'; id: string } | Exclude<PrepareOutcome, { kind: 'prepared' }>;

const attachment = z.object({
  id: z.string().min(1),
  description: z.string().nullable().catch(null).default(null),
});

const prepared = z.object({ mediaIds: z.array(z.string()) });

/** Servers sweep away uploads that no post carries after a day (Mastodon, media attachments vacuum). */
const GOOD_MS = 20 * 3_600_000;

/** How often a server is asked whether an image is ready. */
const MOST_LOOKS = 30;

/** Uploads images with their alt texts, and waits until the server has prepared them. Shows nothing to anybody. */
export async function prepare(
  settings: MastodonSettings,
  credential: Credential,
  request: PublishRequest,
): Promise<PrepareOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const mediaIds: string[] = [];
  const startedAt = settings.now().getTime();
  for (const image of request.images ?? []) {
    const uploaded = await upload(settings, own, image, request.signal);
    if (uploaded.kind !== 'uploaded') return uploaded;
    mediaIds.push(uploaded.id);
  }
  const goodUntil = new Date(startedAt + GOOD_MS);
  return {
    kind: 'prepared',
    prepared: JSON.stringify({ mediaIds }),
    ...(mediaIds.length > 0 && { goodUntil }),
  };
}

/** Ids of the images that go with a request; null when they are not uploaded yet. */
export function preparedMedia({ images = [], prepared: kept }: PublishRequest): string[] | null {
  if (kept === undefined) return images.length === 0 ? [] : null;
  const { mediaIds } = prepared.parse(JSON.parse(kept));
  return mediaIds;
}

async function upload(
  settings: MastodonSettings,
  own: MastodonCredential,
  image: Image,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const form = new FormData();
  const name = `image.${image.mimeType.split('/')[1] ?? 'bin'}`;
  form.set('file', new Blob([new Uint8Array(image.bytes)], { type: image.mimeType }), name);
  if (image.altText) form.set('description', image.altText);
  const answer = await ask(settings, own, { method: 'POST', path: '/api/v2/media', body: form, signal });
  const media = read(answer);
  if (!media) return failure(settings, answer);
  const problem =
    (await describe(settings, own, { ...media, altText: image.altText }, signal)) ??
    (answer.kind === 'answered' && answer.status === 202
      ? await untilReady(settings, own, media.id, signal)
      : null);
  return problem ?? { kind: 'uploaded', id: media.id };
}

/** A server that passed the alt text over is told once more: an image without it does not go out. */
async function describe(
  settings: MastodonSettings,
  own: MastodonCredential,
  { id, description, altText }: { id: string; description: string | null; altText: string },
  signal?: AbortSignal,
): Promise<Exclude<Uploaded, { kind: 'uploaded' }> | null> {
  const isDescribed = (kept: string | null) => comparableText(kept ?? '') === comparableText(altText);
  if (isDescribed(description)) return null;
  // The documentation knows a form here and no JSON.
  const body = new FormData();
  body.set('description', altText);
  const path = `/api/v1/media/${encodeURIComponent(id)}`;
  const answer = await ask(settings, own, { method: 'PUT', path, body, signal });
  const media = read(answer);
  if (!media) return failure(settings, answer);
  return isDescribed(media.description)
    ? null
    : { kind: 'refused', detail: 'The server did not keep the alt text of an image.' };
}

async function untilReady(
  settings: MastodonSettings,
  own: MastodonCredential,
  id: string,
  signal?: AbortSignal,
): Promise<Exclude<Uploaded, { kind: 'uploaded' }> | null> {
  for (let look = 0; look < MOST_LOOKS && !signal?.aborted; look += 1) {
    await wait(settings.pollMs);
    const path = `/api/v1/media/${encodeURIComponent(id)}`;
    const answer = await ask(settings, own, { method: 'GET', path, signal });
    if (answer.kind !== 'answered') return failure(settings, answer);
    if (answer.status !== 206 && answer.status !== 202) return null;
  }
  return { kind: 'not-sent', detail: 'The server takes too long to prepare an image.' };
}

const read = (answer: Answer) =>
  answer.kind === 'answered' ? attachment.safeParse(answer.body).data : undefined;

/** Nobody sees an upload, so one that is in doubt is simply made again. */
function failure(settings: MastodonSettings, answer: Answer): Exclude<Uploaded, { kind: 'uploaded' }> {
  const outcome: Exclude<Outcome, { kind: 'accepted' }> = classify(answer, settings.now());
  return outcome.kind === 'unknown' ? { ...outcome, kind: 'not-sent' } : outcome;
}
