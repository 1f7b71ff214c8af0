import { z } from 'zod';
import type { Credential, MeasureName, MeasureOutcome, Measures } from '../platform.ts';
import type { Answer } from './answer.ts';
import { classify } from './classify.ts';
import { ask, type XSettings } from './client.ts';
import { INCOMPLETE, readCredential, type XCredential } from './credential.ts';

export const MEASURES: readonly MeasureName[] = [
  'impressions',
  'likes',
  'reposts',
  'replies',
  'quotes',
  'bookmarks',
  'linkClicks',
  'profileClicks',
];

/** A figure that is missing or makes no sense is not measured; it is never 0. */
const figure = z.int().nonnegative().nullable().catch(null).default(null);

const publicFigures = z.object({
  impression_count: figure,
  like_count: figure,
  retweet_count: figure,
  repost_count: figure,
  reply_count: figure,
  quote_count: figure,
  bookmark_count: figure,
});
const ownFigures = z.object({
  impression_count: figure,
  url_link_clicks: figure,
  user_profile_clicks: figure,
});

const lookUp = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        public_metrics: publicFigures.prefault({}),
        non_public_metrics: ownFigures.prefault({}),
      }),
    )
    .default([]),
  errors: z.array(z.object({ resource_id: z.string().optional(), type: z.string().default('') })).default([]),
});

type LookUp = z.infer<typeof lookUp>;

const MOST_IDS = 100;
const EVERYTHING = 'public_metrics,non_public_metrics';

/**
 * Reads the figures of up to 100 own posts. X tells clicks only about own posts younger than 30 days and leaves
 * an older one out when asked for them, so whatever is left out without being gone is asked for again.
 */
export async function measure(
  settings: XSettings,
  credential: Credential,
  remoteIds: readonly string[],
): Promise<MeasureOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'failed', detail: INCOMPLETE };
  if (remoteIds.length === 0) return { kind: 'measured', byRemoteId: new Map() };
  if (remoteIds.length > MOST_IDS) throw new RangeError(`at most ${MOST_IDS} posts at once`);

  const first = await look(settings, own, remoteIds, EVERYTHING);
  const isWithheld = first.answer.kind === 'denied' && [400, 403].includes(first.answer.status);
  if (!first.read && !isWithheld) return failure(settings, first.answer);
  const found = first.read?.data ?? [];
  const known = new Set([...found.map(({ id }) => id), ...goneIn(first.read)]);
  const left = remoteIds.filter((id) => !known.has(id));
  const second = left.length > 0 ? await look(settings, own, left, 'public_metrics') : null;
  if (second && !second.read) return failure(settings, second.answer);
  const posts = [...found, ...(second?.read?.data ?? [])];
  return { kind: 'measured', byRemoteId: new Map(posts.map((post) => [post.id, toMeasures(post)])) };
}

async function look(settings: XSettings, own: XCredential, ids: readonly string[], fields: string) {
  const query = { ids: ids.join(','), 'tweet.fields': fields };
  const answer = await ask(settings, own, (client) => client.v2.get('tweets', query, { fullResponse: true }));
  const read = answer.kind === 'answered' ? lookUp.safeParse(answer.body).data : undefined;
  return { answer, read };
}

const goneIn = (read: LookUp | undefined) =>
  (read?.errors ?? []).flatMap(({ type, resource_id }) =>
    type.endsWith('/resource-not-found') && resource_id ? [resource_id] : [],
  );

function failure(settings: XSettings, answer: Answer): MeasureOutcome {
  const outcome = classify(answer, settings.now());
  return outcome.kind === 'limited'
    ? { kind: 'limited', retryAt: outcome.retryAt }
    : { kind: 'failed', detail: outcome.detail };
}

function toMeasures(post: LookUp['data'][number]): Measures {
  const { public_metrics: shown, non_public_metrics: own } = post;
  return {
    impressions: shown.impression_count ?? own.impression_count,
    likes: shown.like_count,
    reposts: shown.retweet_count ?? shown.repost_count,
    replies: shown.reply_count,
    quotes: shown.quote_count,
    bookmarks: shown.bookmark_count,
    linkClicks: own.url_link_clicks,
    profileClicks: own.user_profile_clicks,
  };
}
