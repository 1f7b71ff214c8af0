import { z } from 'zod';
import type { Credential, MeasureName, MeasureOutcome, Measures } from '../platform.ts';
import { classify } from './classify.ts';
import { INCOMPLETE, type MastodonCredential, readCredential } from './credential.ts';
import { type Answer, ask, type MastodonSettings } from './request.ts';
import { type Status, status } from './status.ts';
import { pathOf, saysGone } from './withdraw.ts';

export const MEASURES: readonly MeasureName[] = ['likes', 'reposts', 'replies', 'quotes'];

const MOST_IDS = 100;
const AT_ONCE = 20;

/**
 * Reads the figures of up to 100 own posts, several at once where the server can (Mastodon since 4.3). What a server
 * leaves out is asked for by itself: only its own word makes a post gone.
 */
export async function measure(
  settings: MastodonSettings,
  credential: Credential,
  remoteIds: readonly string[],
): Promise<MeasureOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'failed', detail: INCOMPLETE };
  if (remoteIds.length > MOST_IDS) throw new RangeError(`at most ${MOST_IDS} posts at once`);
  const byRemoteId = new Map<string, Measures>();
  for (let start = 0; start < remoteIds.length; start += AT_ONCE) {
    const ids = remoteIds.slice(start, start + AT_ONCE);
    for (const post of await lookTogether(settings, own, ids)) byRemoteId.set(post.id, toMeasures(post));
    for (const id of ids.filter((each) => !byRemoteId.has(each))) {
      const answer = await ask(settings, own, { method: 'GET', path: pathOf(id) });
      const post = answer.kind === 'answered' ? status.safeParse(answer.body).data : undefined;
      if (post) byRemoteId.set(id, toMeasures(post));
      else if (!saysGone(answer)) return failure(settings, answer);
    }
  }
  return { kind: 'measured', byRemoteId };
}

/** The posts that the server gives for several ids; none when it cannot do that. */
async function lookTogether(
  settings: MastodonSettings,
  own: MastodonCredential,
  ids: readonly string[],
): Promise<Status[]> {
  if (ids.length < 2) return [];
  const query = ids.map((id) => `id[]=${encodeURIComponent(id)}`).join('&');
  const answer = await ask(settings, own, { method: 'GET', path: `/api/v1/statuses?${query}` });
  const posts = answer.kind === 'answered' ? z.array(status).safeParse(answer.body).data : undefined;
  return (posts ?? []).filter(({ id }) => ids.includes(id));
}

function failure(settings: MastodonSettings, answer: Answer): MeasureOutcome {
  const outcome = classify(answer, settings.now());
  return outcome.kind === 'limited'
    ? { kind: 'limited', retryAt: outcome.retryAt }
    : { kind: 'failed', detail: outcome.detail };
}

function toMeasures(post: Status): Measures {
  return {
    impressions: null,
    likes: post.favourites_count,
    reposts: post.reblogs_count,
    replies: post.replies_count,
    quotes: post.quotes_count,
    bookmarks: null,
    linkClicks: null,
    profileClicks: null,
  };
}
