import { z } from 'zod';
import type { Credential, Outcome, PublishRequest } from '../platform.ts';
import { accepted, uriOf } from './address.ts';
import type { Answer } from './answer.ts';
import { classify } from './classify.ts';
import { ask, type BlueskySettings } from './client.ts';
import { type BlueskyCredential, INCOMPLETE, readCredential } from './credential.ts';
import { fetchRecord } from './fetch-record.ts';
import { make } from './prepare.ts';
import { POSTS, type Prepared, readPrepared } from './record.ts';

const put = z.object({ uri: z.string().startsWith('at://'), cid: z.string().min(1) });

/**
 * Writes one post under a record key of our own, on the condition that nothing is there yet. Sending it again is no
 * second post: the same record changes nothing, another one is turned away, and then we look whose it is.
 */
export async function publish(
  settings: BlueskySettings,
  credential: Credential,
  request: PublishRequest,
): Promise<Outcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const { prepared } = request;
  const ready = prepared === undefined ? await make(settings, own, request) : readPrepared(prepared);
  if (!ready) return { kind: 'not-sent', detail: 'What was prepared for this post cannot be read.' };
  if ('kind' in ready) return ready;
  const answer = await ask(settings, own, {
    method: 'com.atproto.repo.putRecord',
    data: { repo: own.did, collection: POSTS, rkey: ready.recordKey, record: ready.record, swapRecord: null },
    encoding: 'application/json',
    signal: request.signal,
  });
  const written = answer.kind === 'answered' ? put.safeParse(answer.body).data : undefined;
  if (written) return accepted(settings, own, written.uri);
  return isTaken(answer) ? whoseIsIt(settings, own, ready) : classify(answer, settings.now());
}

const isTaken = (answer: Answer) => answer.kind === 'denied' && answer.problem?.name === 'InvalidSwap';

/** The key belongs to this delivery alone; the same text under it is this delivery, sent before. */
async function whoseIsIt(
  settings: BlueskySettings,
  own: BlueskyCredential,
  { recordKey, record }: Prepared,
): Promise<Outcome> {
  const uri = uriOf(own, recordKey);
  const look = await fetchRecord(settings, own, uri);
  if (look.kind !== 'found') {
    return { kind: 'unknown', detail: 'Bluesky says that this post is there already, but does not show it.' };
  }
  if (look.record.value.text === record.text) return accepted(settings, own, uri);
  return { kind: 'refused', detail: 'Another text stands in the place of this post already.' };
}
