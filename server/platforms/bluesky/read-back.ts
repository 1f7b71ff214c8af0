import type { Credential, PublishRequest, ReadBackOutcome } from '../platform.ts';
import { accepted, uriOf } from './address.ts';
import { classify } from './classify.ts';
import type { BlueskySettings } from './client.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { fetchRecord } from './fetch-record.ts';
import { readPrepared } from './record.ts';
import { recordKeyOf } from './record-key.ts';

/** Looks at the one place where the post of this delivery can be. */
export async function readBack(
  settings: BlueskySettings,
  credential: Credential,
  request: PublishRequest & { sentAfter: Date },
): Promise<ReadBackOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'failed', detail: INCOMPLETE };
  const prepared = request.prepared === undefined ? null : readPrepared(request.prepared);
  const uri = uriOf(own, prepared?.recordKey ?? recordKeyOf(request.deliveryKey));
  const look = await fetchRecord(settings, own, uri, request.signal);
  if (look.kind === 'absent') return { kind: 'absent' };
  if (look.kind === 'failed') return { kind: 'failed', detail: classify(look.answer, settings.now()).detail };
  const { text, createdAt } = look.record.value;
  if (text !== request.text)
    return { kind: 'failed', detail: 'Another text stands in the place of this post.' };
  const { remoteId, remoteUrl } = accepted(settings, own, uri);
  const publishedAt = createdAt ? new Date(createdAt) : request.sentAfter;
  return { kind: 'found', remoteId, remoteUrl, publishedAt, copies: 1 };
}
