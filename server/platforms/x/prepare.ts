import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Credential, Outcome, Platform, PublishRequest } from '../platform.ts';
import type { Answer } from './answer.ts';
import { classify } from './classify.ts';
import { ask, type XSettings } from './client.ts';
import { INCOMPLETE, readCredential, type XCredential } from './credential.ts';

type PrepareOutcome = Awaited<ReturnType<NonNullable<Platform['prepare']>>>;
type Image = NonNullable<PublishRequest['images']>[number];
type Step = Parameters<typeof ask>[2];

/** X asks for chunks of at most five megabytes (docs.x.com, chunked media upload). */
const CHUNK_BYTES = 4 * 1_048_576;
const MOST_LOOKS = 10;
const LONGEST_WAIT_S = 5;

/** Used as long as this share of its time is not over: a post must not be on its way when an image ends. */
const SAFE_SHARE = 0.9;
/** Where X does not say it (docs.x.com, media upload: media ids are good for 24 hours). */
const USUAL_EXPIRY_S = 24 * 3600;

const begun = z.object({
  data: z.object({
    id: z.string().min(1),
    expires_after_secs: z.number().positive().catch(USUAL_EXPIRY_S).default(USUAL_EXPIRY_S),
  }),
});
const status = z.object({
  data: z.object({
    processing_info: z.object({ state: z.string(), check_after_secs: z.number().optional() }).optional(),
  }),
});
const preparedShape = z.object({ mediaIds: z.array(z.string()) });

/** Uploads the images one by one, each with its alt text, before anything is published. May be repeated. */
export async function prepare(
  settings: XSettings,
  credential: Credential,
  request: PublishRequest,
): Promise<PrepareOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const mediaIds: string[] = [];
  const ends: number[] = [];
  for (const image of request.images ?? []) {
    const startedAt = settings.now().getTime();
    const uploaded = await upload({ settings, own, signal: request.signal }, image);
    if ('kind' in uploaded) return uploaded;
    mediaIds.push(uploaded.id);
    ends.push(startedAt + uploaded.expiresAfterS * 1000 * SAFE_SHARE);
  }
  if (mediaIds.length === 0) return { kind: 'prepared', prepared: '' };
  const goodUntil = new Date(Math.min(...ends));
  return { kind: 'prepared', prepared: JSON.stringify({ mediaIds }), goodUntil };
}

/** The ids of what was uploaded for this request, none when it has no images; null when it should have some. */
export function readPrepared({ images = [], prepared }: PublishRequest): string[] | null {
  if (images.length === 0) return [];
  try {
    const { mediaIds } = preparedShape.parse(JSON.parse(prepared ?? ''));
    return mediaIds.length === images.length ? mediaIds : null;
  } catch {
    return null;
  }
}

interface Line {
  settings: XSettings;
  own: XCredential;
  signal: AbortSignal | undefined;
}

async function upload(
  line: Line,
  image: Image,
): Promise<{ id: string; expiresAfterS: number } | Exclude<PrepareOutcome, { kind: 'prepared' }>> {
  const form = {
    media_type: image.mimeType,
    media_category: image.mimeType === 'image/gif' ? 'tweet_gif' : 'tweet_image',
    total_bytes: image.bytes.length,
  };
  const opened = await step(line, (client) =>
    client.v2.post('media/upload/initialize', form, { fullResponse: true }),
  );
  const media = opened.kind === 'answered' ? begun.safeParse(opened.body).data?.data : undefined;
  if (!media) return failure(line, opened);
  const { id, expires_after_secs: expiresAfterS } = media;
  const sent = await sendChunks(line, id, image.bytes);
  if (sent) return failure(line, sent);
  const closed = await step(line, (client) =>
    client.v2.post('media/upload/:id/finalize', undefined, { params: { id }, fullResponse: true }),
  );
  const unready = await untilReady(line, id, closed);
  if (unready) return unready;
  if (image.altText === '') return { id, expiresAfterS };
  const metadata = { id, metadata: { alt_text: { text: image.altText } } };
  const described = await step(line, (client) =>
    client.v2.post('media/metadata', metadata, { fullResponse: true }),
  );
  // Nothing is shown without the words that stand for it.
  return described.kind === 'answered' ? { id, expiresAfterS } : failure(line, described);
}

/** null when all of it arrived, else the answer that says why not. */
async function sendChunks(line: Line, id: string, bytes: Uint8Array): Promise<Answer | null> {
  for (let index = 0; index * CHUNK_BYTES < bytes.length; index += 1) {
    const chunk = Buffer.from(bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES));
    const body = { segment_index: index, media: chunk.toString('base64') };
    const answer = await step(line, (client) =>
      client.v2.post('media/upload/:id/append', body, { params: { id }, fullResponse: true }),
    );
    if (answer.kind !== 'answered') return answer;
  }
  return null;
}

/** Large images are prepared for a while; a look costs a request, so their number is capped. */
async function untilReady(line: Line, id: string, closed: Answer) {
  let answer = closed;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const read = answer.kind === 'answered' ? status.safeParse(answer.body).data : undefined;
    if (!read) return failure(line, answer);
    const info = read.data.processing_info;
    if (!info || info.state === 'succeeded') return null;
    if (info.state === 'failed') return { kind: 'refused' as const, detail: 'X could not read an image.' };
    await wait(Math.min(info.check_after_secs ?? 1, LONGEST_WAIT_S) * 1000);
    answer = await step(line, (client) =>
      client.v2.get('media/upload', { command: 'STATUS', media_id: id }, { fullResponse: true }),
    );
  }
  return { kind: 'not-sent' as const, detail: 'X did not finish reading an image in time.' };
}

function step({ settings, own, signal }: Line, send: Step): Promise<Answer> {
  return ask(settings, own, send, signal);
}

/** An upload that left no answer has shown nothing to anybody: it counts as not sent, and is begun anew. */
function failure({ settings }: Line, answer: Answer): Exclude<Outcome, { kind: 'accepted' | 'unknown' }> {
  const outcome = classify(answer, settings.now());
  return outcome.kind === 'unknown' ? { kind: 'not-sent', detail: outcome.detail } : outcome;
}
