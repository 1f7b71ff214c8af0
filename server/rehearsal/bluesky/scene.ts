import { followersOf } from '../audience/reactions.ts';
import type { LedgerPost } from '../ledger.ts';
import type { Scene } from '../pages/scene.ts';
import { ENDPOINTS } from './endpoint-names.ts';
import type { BlueskyNetwork } from './network.ts';
import { POSTS } from './post-record.ts';
import { segmentsOf } from './segments.ts';
import {
  countReplies,
  findShown,
  newestFirst,
  type ShownPost,
  shownConversation,
  showPost,
} from './shown-post.ts';
import type { BlueskyWorld } from './world.ts';
import { addressOf } from './write-record.ts';

export const PATH = '/rehearsal/bluesky';

/** What the pages show of Bluesky. */
export function createBlueskyScene(world: BlueskyWorld, network: BlueskyNetwork): Scene<ShownPost> {
  const shown = (posts: LedgerPost[]) => posts.map((post) => showPost(world, post)).sort(newestFirst);
  return {
    name: 'Bluesky',
    path: PATH,
    endpoints: ENDPOINTS,
    publishing: 'putRecord',
    tempo: world.tempo,
    faults: world.faults,
    stage: network,
    accounts: network.accounts,
    account: (username) => world.registry.account(username),
    followersOf: (username) => followersOf(world.seed, username),
    timeline: () => shown(world.ledger.visiblePosts().filter(({ replyTo }) => !replyTo)),
    postsOf(username) {
      const account = world.registry.account(username);
      return account ? shown(world.ledger.visibleOf(account.did)) : [];
    },
    keyOf: ({ id }) => keyOfAddress(id),
    findPost: (key) => findShown(world, addressOfKey(key)),
    conversation: (id) => shownConversation(world, id),
    repliesTo: (post) => countReplies(world, post),
    segments: ({ value }) => segmentsOf(value),
    labels: () => [],
    picture(cid) {
      const blob = world.repository.anyBlob(cid);
      const bytes = blob && world.files.read(cid);
      return blob && bytes && { contentType: blob.mimeType, bytes };
    },
  };
}

const METHOD = 'did:plc:';

/** The account and the record key, in letters that an id of HTML may have. */
export function keyOfAddress(uri: string): string {
  const [, , did = '', , recordKey = ''] = uri.split('/');
  return `${did.replace(METHOD, '')}-${recordKey}`;
}

function addressOfKey(key: string): string {
  const [did = '', recordKey = ''] = key.split('-');
  return addressOf(`${METHOD}${did}`, POSTS, recordKey);
}
