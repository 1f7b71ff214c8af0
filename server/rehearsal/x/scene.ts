import { followersOf } from '../audience/reactions.ts';
import type { LedgerPost } from '../ledger.ts';
import type { Scene } from '../pages/scene.ts';
import { segmentsOf } from '../segments.ts';
import {
  countReplies,
  findShown,
  newestFirst,
  type ShownPost,
  shownConversation,
  showPost,
} from '../shown-post.ts';
import { ENDPOINTS } from './endpoint-names.ts';
import type { XNetwork } from './network.ts';
import { isId } from './read-tweets.ts';
import type { XWorld } from './world.ts';

/** What the pages show of X. */
export function createXScene(world: XWorld, network: XNetwork): Scene<ShownPost> {
  const shown = (posts: LedgerPost[]) => posts.map((post) => showPost(world, post)).sort(newestFirst);
  return {
    name: 'X',
    path: '/rehearsal/x',
    endpoints: ENDPOINTS,
    publishing: 'createTweet',
    tempo: world.tempo,
    faults: world.faults,
    stage: network,
    accounts: network.accounts,
    account: (username) => world.registry.named(username),
    followersOf: (username) => followersOf(world.seed, username),
    timeline: () =>
      shown(
        world.ledger.visiblePosts().filter(({ replyTo, options }) => !replyTo && options.nullcast !== true),
      ),
    postsOf(username) {
      const account = world.registry.named(username);
      return account ? shown(world.ledger.visibleOf(account.userId)) : [];
    },
    keyOf: ({ id }) => id,
    findPost: (key) => (isId(key) ? findShown(world, key) : null),
    conversation: (id) => shownConversation(world, id),
    repliesTo: (post) => countReplies(world, post),
    segments: (post) => segmentsOf(withoutAddress(post)),
    labels: (post) => labelsOf(world, post),
    picture(id) {
      const media = world.media.find(id);
      const bytes = world.media.read(id);
      return media && bytes && { contentType: media.contentType, bytes };
    },
  };
}

/** People see the name they answer above the text and not in it. */
function withoutAddress({ text, isFromAudience }: ShownPost): string {
  return isFromAudience ? text.replace(/^@\w+ /, '') : text;
}

function labelsOf(world: XWorld, { authorId, options }: ShownPost): string[] {
  const automatedBy = world.registry.account(authorId)?.automatedBy;
  return [
    ...(automatedBy ? [`Automated by @${automatedBy}`] : []),
    ...(options.made_with_ai === true ? ['Made with AI'] : []),
    ...(options.paid_partnership === true ? ['Paid partnership'] : []),
    ...(options.nullcast === true ? ['Shown to nobody: promoted only'] : []),
    ...(options.reply_settings ? ['Who can reply is limited'] : []),
  ];
}
