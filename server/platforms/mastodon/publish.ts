import { z } from 'zod';
import type { Credential, Outcome, PublishRequest } from '../platform.ts';
import { classify } from './classify.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { preparedMedia } from './media.ts';
import { ask, type MastodonSettings } from './request.ts';
import { accepted } from './status.ts';

const created = z.object({ id: z.string().min(1), url: z.string().nullable().catch(null).default(null) });

/**
 * Creates one post. The key lets a server that honours it answer a repetition with the same post for an hour; since
 * others ignore it, whatever is not clearly an answer is unknown all the same.
 */
export async function publish(
  settings: MastodonSettings,
  credential: Credential,
  request: PublishRequest,
): Promise<Outcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const mediaIds = preparedMedia(request);
  if (!mediaIds) return { kind: 'not-sent', detail: 'The images are not uploaded yet.' };
  const answer = await ask(settings, own, {
    method: 'POST',
    path: '/api/v1/statuses',
    headers: { 'idempotency-key': request.deliveryKey },
    body: {
      status: request.text,
      visibility: 'public',
      ...(request.language !== 'und' && { language: request.language }),
      ...(mediaIds.length > 0 && { media_ids: mediaIds }),
      ...(request.continues && { in_reply_to_id: request.continues.parent }),
    },
    signal: request.signal,
  });
  const post = answer.kind === 'answered' ? created.safeParse(answer.body).data : undefined;
  return post ? accepted(settings, own.instance, post) : classify(answer, settings.now());
}
