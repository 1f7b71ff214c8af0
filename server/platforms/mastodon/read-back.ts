import { z } from 'zod';
import type { Credential, PublishRequest, ReadBackOutcome } from '../platform.ts';
import { classify } from './classify.ts';
import { INCOMPLETE, type MastodonCredential, readCredential } from './credential.ts';
import { ownId } from './identity.ts';
import { preparedMedia } from './media.ts';
import { ask, type MastodonSettings } from './request.ts';
import { sameText, textOf } from './shown-text.ts';
import { addressOf, type Status, status } from './status.ts';

const page = z.array(status);

/** The server's clock and ours need not agree. */
const CLOCK_MARGIN_MS = 2 * 60_000;
const PAGE_SIZE = 40;
const MOST_PAGES = 64;

/** Looks in the account's own statuses for this text since it was sent, and counts the copies. */
export async function readBack(
  settings: MastodonSettings,
  credential: Credential,
  request: PublishRequest & { sentAfter: Date },
): Promise<ReadBackOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'failed', detail: INCOMPLETE };
  const id = await ownId(settings, own);
  if (!id) return { kind: 'failed', detail: 'The server did not say which account this is.' };

  const from = request.sentAfter.getTime() - CLOCK_MARGIN_MS;
  const copies: Status[] = [];
  let before: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await ask(settings, own, {
      method: 'GET',
      path: `/api/v1/accounts/${encodeURIComponent(id)}/statuses?${pageQuery(before)}`,
      signal: request.signal,
    });
    const posts = answer.kind === 'answered' ? page.safeParse(answer.body).data : undefined;
    if (!posts) return { kind: 'failed', detail: classify(answer, settings.now()).detail };
    copies.push(...posts.filter((post) => timeOf(post) >= from && isCopy(post, request)));
    const last = posts.at(-1);
    // Servers decide themselves how much a page holds, so only an empty or an old one is the end.
    if (!last || timeOf(last) < from) return summarise(settings, own, copies);
    if (last.id === before) break;
    before = last.id;
  }
  return { kind: 'failed', detail: 'The statuses are too many to read back to the time of sending.' };
}

function pageQuery(before: string | undefined): URLSearchParams {
  return new URLSearchParams({
    limit: String(PAGE_SIZE),
    exclude_reblogs: 'true',
    ...(before && { max_id: before }),
  });
}

function isCopy(post: Status, request: PublishRequest): boolean {
  const mediaCount = (preparedMedia(request) ?? request.images ?? []).length;
  const parent = request.continues?.parent ?? null;
  return (
    (post.reblog ?? null) === null &&
    post.media_attachments.length === mediaCount &&
    (post.in_reply_to_id === undefined || post.in_reply_to_id === parent) &&
    (sameText(request.text, textOf(post.content)) || sameText(request.text, post.text ?? ''))
  );
}

const timeOf = (post: Status) => Date.parse(post.created_at);

function summarise(settings: MastodonSettings, own: MastodonCredential, found: Status[]): ReadBackOutcome {
  const copies = new Map(found.map((post) => [post.id, post]));
  const [first] = [...copies.values()].sort((a, b) => timeOf(a) - timeOf(b));
  if (!first) return { kind: 'absent' };
  return {
    kind: 'found',
    remoteId: first.id,
    remoteUrl: addressOf(settings, own.instance, first),
    publishedAt: new Date(first.created_at),
    copies: copies.size,
  };
}
