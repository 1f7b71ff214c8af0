import { z } from 'zod';
import type { Credential, Outcome, PublishRequest } from '../platform.ts';
import { classify } from './classify.ts';
import { ask, type XSettings } from './client.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { readPrepared } from './prepare.ts';

const created = z.object({ data: z.object({ id: z.string().min(1) }) });

/** Creates one post. X has no idempotency key: whatever is not clearly an answer of its own is unknown. */
export async function publish(
  settings: XSettings,
  credential: Credential,
  request: PublishRequest,
): Promise<Outcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const mediaIds = readPrepared(request);
  if (!mediaIds) return { kind: 'not-sent', detail: 'The images of this post are not uploaded.' };
  const body = {
    text: request.text,
    ...(mediaIds.length > 0 && { media: { media_ids: mediaIds } }),
    ...(request.continues && { reply: { in_reply_to_tweet_id: request.continues.parent } }),
    ...(request.origin === 'ai-generated' && { made_with_ai: true }),
  };
  const answer = await ask(
    settings,
    own,
    (client) => client.v2.post('tweets', body, { fullResponse: true }),
    request.signal,
  );
  const post = answer.kind === 'answered' ? created.safeParse(answer.body).data : undefined;
  return post ? accepted(settings, post.data.id) : classify(answer, settings.now());
}

export function accepted(settings: XSettings, remoteId: string): Extract<Outcome, { kind: 'accepted' }> {
  return { kind: 'accepted', remoteId, remoteUrl: addressOf(settings, remoteId) };
}

export function addressOf(settings: XSettings, remoteId: string): string {
  return `${settings.pagesAt}/i/web/status/${remoteId}`;
}
