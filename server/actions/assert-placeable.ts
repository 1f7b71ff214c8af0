import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import type { DueTime } from '../domain/due-time.ts';
import type { Message, Variant } from '../domain/message.ts';
import { assertMayPlace } from '../domain/placement.ts';
import { countForAll, imageLimitsForAll } from '../domain/server-limits.ts';
import { NotFound } from '../errors.ts';
import { carriedAssets } from '../models/asset.ts';
import { Campaigns } from '../models/campaign.ts';
import { textsAround } from '../models/delivery.ts';
import { isOnRecord } from '../models/review.ts';
import { reviewFacts } from '../models/review-facts.ts';
import { homeOf } from './publishing.ts';

export interface Placing {
  message: Message;
  variant: Variant;
  accounts: readonly Account[];
  due: DueTime;
  /** A post that is placed again is not its own neighbour. */
  exceptPost?: string;
}

/** Loads what the rules of placing look at, and lets them throw. */
export async function assertPlaceable(context: Context, placing: Placing): Promise<void> {
  const { message, variant, accounts, due, exceptPost } = placing;
  const [campaign, facts, isReviewed, neighbours, assets] = await Promise.all([
    Campaigns.findById(message.campaign).lean(),
    reviewFacts(message),
    isOnRecord(message),
    textsAround(variant.network, due.dueAt, exceptPost ? { post: exceptPost } : {}),
    carriedAssets([variant]),
  ]);
  if (!campaign) throw new NotFound('The campaign does not exist any more.');
  const platform = context.platforms[variant.network];
  const { assessment, circumstances, crisisAt, messenger } = facts;
  assertMayPlace({
    message,
    isOnRecord: isReviewed,
    assessment,
    circumstances,
    crisisAt,
    variant,
    accounts,
    campaign,
    neighbours,
    messenger,
    dueAt: due.dueAt,
    now: context.clock.now(),
    home: homeOf(context),
    count: (account, text) => (platform ? countForAll(platform.countText, text, [account]) : null),
    imageLimits: (account) => (platform ? imageLimitsForAll(platform.capabilities.images, [account]) : null),
    assets,
  });
}

/** Two who place on one network look at what the other placed: a text stands on one of its accounts only. */
export function calendarsOf(accounts: readonly Pick<Account, 'network'>[]): string[] {
  return accounts.map(({ network }) => `calendar ${network}`);
}
