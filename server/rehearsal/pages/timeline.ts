import { type PageCall, sayNotFound } from './page-call.ts';
import { inNumbers, viewAuthor, viewPost, words } from './post-view.ts';
import type { SeenPost } from './scene.ts';

const PAGE_SIZE = 40;

/** GET /rehearsal/<network>: what all accounts published, without their answers. */
export function showTimeline(call: PageCall): void {
  const { scene } = call;
  call.render('timeline', { title: 'Timeline' }, { network: scene.name, ...pageOf(call, scene.timeline()) });
}

/** GET /rehearsal/<network>/:username: an account with all it published. */
export function showProfile(call: PageCall): void {
  const { scene, request, render } = call;
  const account = scene.account(String(request.params.username));
  if (!account) {
    sayNotFound(call, 'There is no account of that name on the rehearsal network.');
    return;
  }
  const posts = scene.postsOf(account.username);
  const model = {
    ...account,
    ...viewAuthor(account),
    ...pageOf(call, posts),
    followers: inNumbers(scene.followersOf(account.username)),
    postCount: posts.length === 1 ? '1 post' : `${inNumbers(posts.length)} posts`,
    joined: words(Date.parse(account.createdAt)),
  };
  render('profile', { title: `@${account.username}` }, model);
}

/** The newest posts, or those that follow the one named by `?before=`. */
function pageOf({ scene, request }: PageCall, posts: readonly SeenPost[]) {
  const { before } = request.query;
  const start = typeof before === 'string' ? 1 + posts.findIndex((post) => scene.keyOf(post) === before) : 0;
  const shown = posts.slice(start, start + PAGE_SIZE);
  const last = shown.at(-1);
  const hasOlder = start + PAGE_SIZE < posts.length;
  return {
    posts: shown.map((post) => viewPost(scene, post)),
    olderHref: last && hasOlder ? `${request.path}?before=${encodeURIComponent(scene.keyOf(last))}` : null,
  };
}
