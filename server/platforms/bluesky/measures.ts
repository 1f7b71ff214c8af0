import { z } from 'zod';
import type { Credential, MeasureName, MeasureOutcome, Measures } from '../platform.ts';
import type { Answer } from './answer.ts';
import { classify } from './classify.ts';
import { ask, type BlueskySettings } from './client.ts';
import { INCOMPLETE, readCredential } from './credential.ts';

export const MEASURES: readonly MeasureName[] = ['likes', 'reposts', 'replies', 'quotes', 'bookmarks'];

/** A figure that is missing or makes no sense is not measured; it is never 0. */
const figure = z.int().nonnegative().nullable().catch(null).default(null);

const lookUp = z.object({
  posts: z.array(
    z.object({
      uri: z.string(),
      likeCount: figure,
      repostCount: figure,
      replyCount: figure,
      quoteCount: figure,
      bookmarkCount: figure,
    }),
  ),
});

type Figures = Omit<z.infer<typeof lookUp>['posts'][number], 'uri'>;

const MOST_IDS = 25;

const UNTOLD: Figures = {
  likeCount: null,
  repostCount: null,
  replyCount: null,
  quoteCount: null,
  bookmarkCount: null,
};

/** Reads the figures of own posts, 25 at a time. A server without an application view tells none. */
export async function measure(
  settings: BlueskySettings,
  credential: Credential,
  remoteIds: readonly string[],
): Promise<MeasureOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'failed', detail: INCOMPLETE };
  const byRemoteId = new Map<string, Measures>();
  for (let start = 0; start < remoteIds.length; start += MOST_IDS) {
    const uris = remoteIds.slice(start, start + MOST_IDS);
    const answer = await ask(settings, own, { method: 'app.bsky.feed.getPosts', params: { uris } });
    const read = answer.kind === 'answered' ? lookUp.safeParse(answer.body).data : undefined;
    if (!read && !hasNoView(answer)) return failure(settings, answer);
    const posts = read?.posts ?? uris.map((uri) => ({ uri, ...UNTOLD }));
    for (const { uri, ...figures } of posts) byRemoteId.set(uri, toMeasures(figures));
  }
  return { kind: 'measured', byRemoteId };
}

/** Servers that keep records but know nothing of what people do with them say so in different ways. */
export function hasNoView(answer: Answer): boolean {
  if (answer.kind !== 'denied' || !answer.problem) return false;
  return [501, 502].includes(answer.status) || /no service configured/i.test(answer.problem.words);
}

function failure(settings: BlueskySettings, answer: Answer): MeasureOutcome {
  const outcome = classify(answer, settings.now());
  return outcome.kind === 'limited'
    ? { kind: 'limited', retryAt: outcome.retryAt }
    : { kind: 'failed', detail: outcome.detail };
}

function toMeasures(figures: Figures): Measures {
  return {
    impressions: null,
    likes: figures.likeCount,
    reposts: figures.repostCount,
    replies: figures.replyCount,
    quotes: figures.quoteCount,
    bookmarks: figures.bookmarkCount,
    linkClicks: null,
    profileClicks: null,
  };
}
