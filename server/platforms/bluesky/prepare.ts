import type { Credential, Platform, PublishRequest } from '../platform.ts';
import { classify, type Failure } from './classify.ts';
import type { BlueskySettings } from './client.ts';
import { type BlueskyCredential, INCOMPLETE, readCredential } from './credential.ts';
import { fetchRecord } from './fetch-record.ts';
import { uploadImages } from './images.ts';
import { buildRecord, type Prepared, type StrongRef, whyInvalid } from './record.ts';
import { recordKeyOf } from './record-key.ts';

/** Servers keep an image that no record names for an hour at least (AT Protocol, blob specification). */
const GOOD_MS = 50 * 60_000;

type PrepareOutcome = Awaited<ReturnType<NonNullable<Platform['prepare']>>>;

/**
 * Uploads the images and fixes the record with its key and its moment, as JSON. Repeating it before anything is
 * published costs an upload and nothing else: the key is always the same, and what is on record is what is sent.
 */
export async function prepare(
  settings: BlueskySettings,
  credential: Credential,
  request: PublishRequest,
): Promise<PrepareOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const startedAt = settings.now().getTime();
  const made = await make(settings, own, request);
  if ('record' in made) {
    const goodUntil = new Date(startedAt + GOOD_MS);
    return { kind: 'prepared', prepared: JSON.stringify(made), ...(request.images?.length && { goodUntil }) };
  }
  // Nobody has seen anything: where it is in doubt, it can simply be done again.
  return made.kind === 'unknown' ? { kind: 'not-sent', detail: made.detail } : made;
}

/** The record of a request, ready to be sent. */
export async function make(
  settings: BlueskySettings,
  own: BlueskyCredential,
  request: PublishRequest,
): Promise<Prepared | Failure> {
  const reply = request.continues ? await replyRefs(settings, own, request.continues, request.signal) : null;
  if (reply && 'kind' in reply) return reply;
  const images = await uploadImages(settings, own, request);
  if ('kind' in images) return images;
  const record = buildRecord(request, { images, reply, createdAt: settings.now() });
  const problem = whyInvalid(record);
  if (problem) return { kind: 'refused', detail: `This is not a post that Bluesky takes: ${problem}.` };
  return { recordKey: recordKeyOf(request.deliveryKey), record };
}

/** A reply names versions of posts, not only posts. */
async function replyRefs(
  settings: BlueskySettings,
  own: BlueskyCredential,
  { root, parent }: NonNullable<PublishRequest['continues']>,
  signal?: AbortSignal,
): Promise<{ root: StrongRef; parent: StrongRef } | Failure> {
  const rootRef = await refOf(settings, own, root, signal);
  if ('kind' in rootRef) return rootRef;
  const parentRef = parent === root ? rootRef : await refOf(settings, own, parent, signal);
  return 'kind' in parentRef ? parentRef : { root: rootRef, parent: parentRef };
}

async function refOf(
  settings: BlueskySettings,
  own: BlueskyCredential,
  uri: string,
  signal?: AbortSignal,
): Promise<StrongRef | Failure> {
  const look = await fetchRecord(settings, own, uri, signal);
  if (look.kind === 'found') return { uri: look.record.uri, cid: look.record.cid };
  if (look.kind === 'failed') return classify(look.answer, settings.now());
  return { kind: 'refused', detail: 'The post that this one continues is no longer there.' };
}
