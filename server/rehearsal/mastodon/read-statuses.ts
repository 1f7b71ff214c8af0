import { findShown, newestFirst, type ShownPost, shownConversation, showPost } from '../shown-post.ts';
import { compareIds } from '../snowflake.ts';
import { INSTANCE } from './account.ts';
import { toOwnAccount } from './account-entity.ts';
import type { Answer, Call } from './endpoint.ts';
import { notFound } from './problem.ts';
import { toStatus } from './status-entity.ts';

const MOST_AT_ONCE = 20;
const LARGEST_PAGE = 40;

/** GET /api/v1/accounts/verify_credentials */
export function verifyCredentials({ world, account }: Call): Answer {
  return { body: toOwnAccount(world, account.userId) };
}

/** GET /api/v1/statuses/:id */
export function readStatus(call: Call): Answer {
  return { body: toStatus(call.world, find(call)) };
}

/** GET /api/v1/statuses?id[]=…: those that exist, in any order. */
export function readStatuses({ world, query }: Call): Answer {
  if (!world.make.current.readsTogether) throw notFound();
  const ids = Array.isArray(query.id) ? query.id.slice(0, MOST_AT_ONCE) : [];
  const found = ids.flatMap((id) => findShown(world, String(id)) ?? []);
  return { body: found.map((post) => toStatus(world, post)) };
}

/** GET /api/v1/statuses/:id/context: what stands above and below a post. */
export function readContext(call: Call): Answer {
  const { world } = call;
  const post = find(call);
  const posts = shownConversation(world, post.conversationId);
  const ancestors: ShownPost[] = [];
  for (let above = parentIn(posts, post); above; above = parentIn(posts, above)) ancestors.unshift(above);
  const below = new Set([post.id]);
  const descendants = posts.filter(({ id, replyTo }) => {
    if (!replyTo || !below.has(replyTo)) return false;
    below.add(id);
    return true;
  });
  const shown = (some: ShownPost[]) => some.map((each) => toStatus(world, each));
  return { body: { ancestors: shown(ancestors), descendants: shown(descendants) } };
}

/** DELETE /api/v1/statuses/:id: only one's own are found. */
export function deleteStatus(call: Call): Answer {
  const { world, account } = call;
  const post = find(call);
  if (post.authorId !== account.userId) throw notFound();
  const body = { ...toStatus(world, post), text: post.text };
  world.journal.record({
    type: 'post-deleted',
    id: post.id,
    at: new Date(world.clock.now()).toISOString(),
  });
  return { body, postId: post.id };
}

/** GET /api/v1/accounts/:id/statuses: what an account published, newest first. */
export function readAccountStatuses(call: Call): Answer {
  const { world, query, param } = call;
  if (!world.registry.account(param('id'))) throw notFound();
  const size = Math.min(LARGEST_PAGE, Math.max(1, Number(query.limit ?? 20) || 20));
  const posts = world.ledger
    .visibleOf(param('id'))
    .filter((post) => isWithin(post, query))
    .sort(newestFirst)
    .slice(0, size);
  const last = posts.at(-1);
  const next = `https://${INSTANCE}/api/v1/accounts/${param('id')}/statuses?max_id=${last?.id}`;
  return {
    body: posts.map((post) => toStatus(world, showPost(world, post))),
    headers: last ? { link: `<${next}>; rel="next"` } : {},
  };
}

function isWithin(
  { id, replyTo, media }: { id: string; replyTo: string | null; media: readonly unknown[] },
  query: Call['query'],
): boolean {
  const idOf = (name: string) => (typeof query[name] === 'string' ? String(query[name]) : null);
  const [before, since] = [idOf('max_id'), idOf('since_id') ?? idOf('min_id')];
  return (
    (before === null || compareIds(id, before) < 0) &&
    (since === null || compareIds(id, since) > 0) &&
    !(query.exclude_replies === 'true' && replyTo) &&
    !(query.only_media === 'true' && media.length === 0)
  );
}

function find({ world, param }: Call): ShownPost {
  const id = param('id');
  const post = /^\d{1,19}$/.test(id) ? findShown(world, id) : null;
  if (!post) throw notFound();
  return post;
}

const parentIn = (posts: readonly ShownPost[], { replyTo }: ShownPost) =>
  replyTo ? posts.find(({ id }) => id === replyTo) : undefined;
