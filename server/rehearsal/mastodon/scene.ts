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
import type { MakeInput } from './make.ts';
import type { MastodonNetwork } from './network.ts';
import type { MastodonWorld } from './world.ts';

/** What the pages show of Mastodon. */
export function createMastodonScene(world: MastodonWorld, network: MastodonNetwork): Scene<ShownPost> {
  const shown = (posts: LedgerPost[]) => posts.map((post) => showPost(world, post)).sort(newestFirst);
  return {
    name: 'Mastodon',
    path: '/rehearsal/mastodon',
    endpoints: ENDPOINTS,
    publishing: 'createStatus',
    tempo: world.tempo,
    faults: world.faults,
    stage: network,
    accounts: network.accounts,
    account: (username) => world.registry.named(username),
    followersOf: (username) => followersOf(world.seed, username),
    timeline: () => shown(world.ledger.visiblePosts().filter(({ replyTo }) => !replyTo)),
    postsOf(username) {
      const account = world.registry.named(username);
      return account ? shown(world.ledger.visibleOf(account.userId)) : [];
    },
    keyOf: ({ id }) => id,
    findPost: (key) => (/^\d{1,19}$/.test(key) ? findShown(world, key) : null),
    conversation: (id) => shownConversation(world, id),
    repliesTo: (post) => countReplies(world, post),
    segments: ({ text }) => segmentsOf(text, { withBareLinks: false }),
    labels: (post) => labelsOf(world, post),
    picture(id) {
      const media = world.media.find(id);
      const bytes = world.media.read(id);
      return media && bytes && { contentType: media.contentType, bytes };
    },
    switches: switchesOf(world, network),
  };
}

function labelsOf(world: MastodonWorld, { authorId, options }: ShownPost): string[] {
  const isAutomated = (world.registry.account(authorId)?.automatedBy ?? null) !== null;
  return [
    ...(isAutomated ? ['Automated'] : []),
    ...(options.visibility && options.visibility !== 'public' ? [`Visibility: ${options.visibility}`] : []),
    ...(options.spoiler ? [`Behind a warning: ${options.spoiler}`] : []),
  ];
}

/** Other makes of server, as switches on the settings page; each says how it differs from Mastodon. */
const OTHER_MAKES: readonly { name: string; label: string; make: MakeInput }[] = [
  { name: 'forgets-keys', label: 'Ignores the idempotency key', make: { keepsKeys: false } },
  { name: 'html-errors', label: 'Answers errors as web pages', make: { errors: 'html' } },
  { name: 'empty-errors', label: 'Answers errors with nothing but a status', make: { errors: 'empty' } },
  { name: 'no-configuration', label: 'Does not say what it allows', make: { tellsLimits: false } },
  { name: 'one-by-one', label: 'Gives posts one by one only', make: { readsTogether: false } },
  { name: 'prepares-later', label: 'Prepares pictures later', make: { preparesLater: true } },
];

function switchesOf({ make }: MastodonWorld, network: MastodonNetwork): NonNullable<Scene['switches']> {
  return {
    title: 'Make of the server',
    list: () =>
      OTHER_MAKES.map(({ name, label, make: differs }) => {
        const both = { ...make.current, ...differs };
        return { name, label, isOn: JSON.stringify(both) === JSON.stringify(make.current) };
      }),
    set(names) {
      const chosen = OTHER_MAKES.filter(({ name }) => names.includes(name));
      network.setMake(Object.assign({}, ...chosen.map(({ make: differs }) => differs)));
    },
  };
}
