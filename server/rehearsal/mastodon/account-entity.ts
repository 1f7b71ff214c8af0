import { followersOf } from '../audience/reactions.ts';
import { addressOf, contentOf } from './content.ts';
import type { MastodonWorld } from './world.ts';

const NOTHING = 'https://social.rehearsal.example/missing.png';

/** An Account as the API gives it. */
export function toAccount(
  world: MastodonWorld,
  { authorId, username, name }: { authorId: string; username: string; name: string },
): Record<string, unknown> {
  const account = world.registry.account(authorId);
  const posts = world.ledger.visibleOf(authorId);
  const url = addressOf(username);
  return {
    id: authorId,
    username,
    acct: username,
    display_name: name,
    note: contentOf(world, account?.description ?? ''),
    url,
    uri: url,
    ...{ avatar: NOTHING, avatar_static: NOTHING, header: NOTHING, header_static: NOTHING },
    ...{ locked: false, group: false, discoverable: true, noindex: false, indexable: true },
    bot: (account?.automatedBy ?? null) !== null,
    fields: [],
    emojis: [],
    created_at: account?.createdAt ?? '2023-01-01T00:00:00.000Z',
    last_status_at: posts.at(-1)?.createdAt.slice(0, 10) ?? null,
    statuses_count: posts.length,
    followers_count: account ? followersOf(world.seed, username) : 0,
    following_count: 0,
  };
}

/** The CredentialAccount: the same, with what only its owner sees. */
export function toOwnAccount(world: MastodonWorld, userId: string): Record<string, unknown> {
  const account = world.registry.account(userId);
  if (!account) return {};
  return {
    ...toAccount(world, { authorId: userId, ...account }),
    source: {
      ...{ note: account.description, fields: [], privacy: 'public', sensitive: false, language: null },
      ...{ follow_requests_count: 0, hide_collections: null, discoverable: true, indexable: true },
      ...{ attribution_domains: [], quote_policy: 'public' },
    },
    role: { id: '-99', name: '', permissions: '0', color: '', highlighted: false },
  };
}
