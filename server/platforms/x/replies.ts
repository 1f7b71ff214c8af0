import { z } from 'zod';
import type { Credential, RemoteReply, RepliesOutcome } from '../platform.ts';
import { classify } from './classify.ts';
import { ask, type XSettings } from './client.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { ownId } from './identity.ts';
import { unescapeSigns } from './same-text.ts';

const found = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        text: z.string(),
        author_id: z.string(),
        created_at: z.iso.datetime(),
        lang: z.string().default('und'),
      }),
    )
    .default([]),
  meta: z.object({ next_token: z.string().optional() }).default({}),
});

/** Recent search reaches back seven days and refuses an earlier beginning. */
const REACH_MS = 7 * 24 * 3_600_000 - 60_000;
const MOST_PAGES = 10;

/** Reads what others answered in the conversation that this post opened, newest 1,000 at most. */
export async function replies(
  settings: XSettings,
  credential: Credential,
  remoteId: string,
  since: Date | null,
): Promise<RepliesOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'failed', detail: INCOMPLETE };
  const id = await ownId(settings, own);
  if (!id) return { kind: 'failed', detail: 'X did not say which account this is.' };

  const read: RemoteReply[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = pageQuery(remoteId, startOf(since, settings.now()), next);
    const answer = await ask(settings, own, (client) =>
      client.v2.get('tweets/search/recent', query, { fullResponse: true }),
    );
    const body = answer.kind === 'answered' ? found.safeParse(answer.body).data : undefined;
    if (!body) {
      const outcome = classify(answer, settings.now());
      if (outcome.kind === 'limited') return { kind: 'limited', retryAt: outcome.retryAt };
      return { kind: 'failed', detail: outcome.detail };
    }
    const others = body.data.filter((post) => post.author_id !== id && post.id !== remoteId);
    read.push(...others.map(toReply));
    next = body.meta.next_token;
    if (!next) break;
  }
  return { kind: 'read', replies: read };
}

function startOf(since: Date | null, now: Date): string | null {
  if (!since || since.getTime() < now.getTime() - REACH_MS) return null;
  return `${since.toISOString().slice(0, 19)}Z`;
}

function pageQuery(remoteId: string, start: string | null, next: string | undefined) {
  return {
    query: `conversation_id:${remoteId} is:reply`,
    max_results: 100,
    'tweet.fields': 'author_id,created_at,lang',
    ...(start && { start_time: start }),
    ...(next && { next_token: next }),
  };
}

function toReply(post: z.infer<typeof found>['data'][number]): RemoteReply {
  return {
    remoteId: post.id,
    authorRemoteId: post.author_id,
    text: unescapeSigns(post.text),
    language: post.lang,
    createdAt: new Date(post.created_at),
  };
}
