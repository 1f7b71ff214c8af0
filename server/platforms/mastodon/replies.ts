import { z } from 'zod';
import type { Credential, RemoteReply, RepliesOutcome } from '../platform.ts';
import { classify } from './classify.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { ownId } from './identity.ts';
import { ask, type MastodonSettings } from './request.ts';
import { textOf } from './shown-text.ts';
import { type Status, status } from './status.ts';
import { pathOf } from './withdraw.ts';

const context = z.object({ descendants: z.array(status) });

/** Reads what others answered below this post; a server shows as many as it likes, Mastodon some thousands. */
export async function replies(
  settings: MastodonSettings,
  credential: Credential,
  remoteId: string,
  since: Date | null,
): Promise<RepliesOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'failed', detail: INCOMPLETE };
  const id = await ownId(settings, own);
  if (!id) return { kind: 'failed', detail: 'The server did not say which account this is.' };
  const answer = await ask(settings, own, { method: 'GET', path: `${pathOf(remoteId)}/context` });
  const body = answer.kind === 'answered' ? context.safeParse(answer.body).data : undefined;
  if (!body) {
    const outcome = classify(answer, settings.now());
    if (outcome.kind === 'limited') return { kind: 'limited', retryAt: outcome.retryAt };
    return { kind: 'failed', detail: outcome.detail };
  }
  const read = body.descendants.filter(({ account }) => account.id !== id).map(toReply);
  return { kind: 'read', replies: read.filter(({ createdAt }) => !since || createdAt >= since) };
}

function toReply(post: Status): RemoteReply {
  return {
    remoteId: post.id,
    authorRemoteId: post.account.id,
    text: textOf(post.content) || (post.text ?? ''),
    language: post.language ?? 'und',
    createdAt: new Date(post.created_at),
  };
}
