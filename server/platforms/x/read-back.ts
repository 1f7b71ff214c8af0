import { z } from 'zod';
import type { Credential, PublishRequest, ReadBackOutcome } from '../platform.ts';
import { classify } from './classify.ts';
import { ask, type XSettings } from './client.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { ownId } from './identity.ts';
import { addressOf } from './publish.ts';
import { type LinkEntity, sameText } from './same-text.ts';

const timeline = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        text: z.string(),
        created_at: z.iso.datetime(),
        entities: z
          .object({
            urls: z.array(
              z.object({
                url: z.string(),
                expanded_url: z.string().optional(),
                media_key: z.string().optional(),
              }),
            ),
          })
          .partial()
          .optional(),
        attachments: z
          .object({ media_keys: z.array(z.string()) })
          .partial()
          .optional(),
        referenced_tweets: z.array(z.object({ type: z.string(), id: z.string() })).default([]),
      }),
    )
    .default([]),
  meta: z.object({ next_token: z.string().optional() }).default({}),
});

type TimelinePost = z.infer<typeof timeline>['data'][number];

/** X's clock and ours need not agree. */
const CLOCK_MARGIN_MS = 2 * 60_000;
const MOST_PAGES = 32;

/** Looks in the account's own timeline for this text since it was sent, and counts the copies. */
export async function readBack(
  settings: XSettings,
  credential: Credential,
  request: PublishRequest & { sentAfter: Date },
): Promise<ReadBackOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'failed', detail: INCOMPLETE };
  const id = await ownId(settings, own);
  if (!id) return { kind: 'failed', detail: 'X did not say which account this is.' };

  const copies: TimelinePost[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = pageQuery(request.sentAfter, next);
    const answer = await ask(
      settings,
      own,
      (client) => client.v2.get('users/:id/tweets', query, { params: { id }, fullResponse: true }),
      request.signal,
    );
    const read = answer.kind === 'answered' ? timeline.safeParse(answer.body).data : undefined;
    if (!read) return { kind: 'failed', detail: classify(answer, settings.now()).detail };
    copies.push(...read.data.filter((post) => isCopy(post, request)));
    next = read.meta.next_token;
    if (!next) return summarise(settings, copies);
  }
  return { kind: 'failed', detail: 'The timeline is too long to read back to the time of sending.' };
}

function pageQuery(sentAfter: Date, next: string | undefined) {
  const from = new Date(sentAfter.getTime() - CLOCK_MARGIN_MS);
  return {
    max_results: 100,
    start_time: `${from.toISOString().slice(0, 19)}Z`,
    'tweet.fields': 'created_at,entities,attachments,referenced_tweets',
    ...(next && { pagination_token: next }),
  };
}

/** The same text with as many images, in the same place: at the top, or under the same post of a thread. */
function isCopy(post: TimelinePost, request: PublishRequest): boolean {
  const answered = post.referenced_tweets.find(({ type }) => type === 'replied_to')?.id;
  return (
    answered === request.continues?.parent &&
    (post.attachments?.media_keys?.length ?? 0) === (request.images ?? []).length &&
    sameText(request.text, post.text, linksOf(post))
  );
}

const linksOf = (post: TimelinePost): LinkEntity[] => post.entities?.urls ?? [];

function summarise(settings: XSettings, copies: TimelinePost[]): ReadBackOutcome {
  const [first] = copies.toSorted((a, b) => a.created_at.localeCompare(b.created_at));
  if (!first) return { kind: 'absent' };
  return {
    kind: 'found',
    remoteId: first.id,
    remoteUrl: addressOf(settings, first.id),
    publishedAt: new Date(first.created_at),
    copies: copies.length,
  };
}
