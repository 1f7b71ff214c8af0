import { followersOf } from '../audience/reactions.ts';
import type { XWorld } from './world.ts';

/** A user object with the fields that were asked for. */
export function toUser(
  world: XWorld,
  fields: Set<string>,
  { authorId, username, name }: { authorId: string; username: string; name: string },
): Record<string, unknown> {
  const account = world.registry.account(authorId);
  const all: Record<string, unknown> = {
    created_at: account?.createdAt,
    description: account?.description ?? '',
    protected: false,
    verified: false,
    verified_type: 'none',
    public_metrics: {
      followers_count: account ? followersOf(world.seed, username) : 0,
      following_count: 0,
      tweet_count: world.ledger.visibleOf(authorId).length,
      listed_count: 0,
    },
  };
  const asked = Object.entries(all).filter(([field, value]) => fields.has(field) && value !== undefined);
  return { id: authorId, name, username, ...Object.fromEntries(asked) };
}
