import { followersOf } from '../../audience/reactions.ts';
import type { LedgerPost } from '../../ledger.ts';
import { compareIds } from '../../snowflake.ts';
import { newestFirst, showPost } from '../shown-post.ts';
import { type PageCall, sayNotFound } from './page-call.ts';
import { inNumbers, viewAuthor, viewPost, words } from './post-view.ts';

const PAGE_SIZE = 40;

/** GET /rehearsal/x: what all accounts published, without their answers. */
export function showTimeline(call: PageCall): void {
  const posts = call.world.ledger
    .visiblePosts()
    .filter(({ replyTo, options }) => !replyTo && options.nullcast !== true);
  call.render('timeline', { title: 'Timeline' }, pageOf(call, posts));
}

/** GET /rehearsal/x/:username: an account with all it published. */
export function showProfile(call: PageCall): void {
  const account = call.world.registry.named(String(call.request.params.username));
  if (!account) {
    sayNotFound(call, 'There is no account of that name on the rehearsal network.');
    return;
  }
  const posts = call.world.ledger.visibleOf(account.userId);
  const model = {
    ...account,
    ...viewAuthor(account),
    ...pageOf(call, posts),
    followers: inNumbers(followersOf(call.world.seed, account.username)),
    postCount: posts.length === 1 ? '1 post' : `${inNumbers(posts.length)} posts`,
    joined: words(Date.parse(account.createdAt)),
  };
  call.render('profile', { title: `@${account.username}` }, model);
}

/** The newest posts, or those before `?before=<id>`. */
function pageOf({ world, request }: PageCall, posts: readonly LedgerPost[]) {
  const { before } = request.query;
  const older = posts
    .filter(({ id }) => typeof before !== 'string' || compareIds(id, before) < 0)
    .sort(newestFirst);
  const shown = older.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  return {
    posts: shown.map((post) => viewPost(world, showPost(world, post))),
    olderHref: last && older.length > PAGE_SIZE ? `${request.path}?before=${last.id}` : null,
  };
}
