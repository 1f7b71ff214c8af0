import type { Account } from '../../server/domain/account.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { laneOf } from '../../server/domain/lane.ts';
import type { Message } from '../../server/domain/message.ts';
import type { Network } from '../../server/domain/network.ts';
import { Credentials } from '../../server/models/credential.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { hashContent, Messages } from '../../server/models/message.ts';
import type { Vault } from '../../server/vault.ts';
import { aMessage, anAccount } from './builders.ts';
import type { CrashNetwork } from './crash-networks.ts';
import { words } from './publishing.ts';

interface Placement {
  network: Network;
  posts: number;
  /** Their times are spread over this long; 0 is one instant. */
  overMs: number;
  /** What is due within so long is due together at its beginning; in whole seconds unless told otherwise. */
  stepMs?: number;
  /** The first is due at the whole second after this long. */
  inMs?: number;
  /** Number of the first post; every number has a text of its own. */
  from?: number;
  accounts?: number;
}

/**
 * Opens accounts on a stand-in, connects them and schedules approved posts on them by turns; returns when the first
 * is due. No alarms are set: a sweep does that.
 */
export async function placePosts(
  stage: Pick<CrashNetwork, 'openAccount'>,
  vault: Vault,
  { accounts: most = 12, ...placement }: Placement,
): Promise<Date> {
  const accounts = await openAccounts(stage, vault, {
    network: placement.network,
    accounts: Math.min(most, placement.posts),
  });
  return placeOn(accounts, placement);
}

/** Opens so many accounts on a stand-in and connects them. */
export function openAccounts(
  stage: Pick<CrashNetwork, 'openAccount'>,
  vault: Vault,
  { network, accounts }: Required<Pick<Placement, 'network' | 'accounts'>>,
): Promise<Account[]> {
  return Promise.all(
    Array.from({ length: accounts }, async (_, index) => {
      const { remoteId, credential } = await stage.openAccount(`crash_${index}`);
      const account = await anAccount({ network, handle: `crash_${index}`, remoteId });
      await Credentials.create({ account: account._id, ...vault.seal(account._id, { ...credential }) });
      return account;
    }),
  );
}

/** Schedules approved posts on these accounts by turns; returns when the first is due. */
export async function placeOn(
  accounts: readonly Account[],
  { posts, overMs, stepMs = 1_000, inMs = 1_000, from = 0 }: Omit<Placement, 'network' | 'accounts'>,
): Promise<Date> {
  const pattern = await aMessage({ title: 'Crash' });
  const base = Math.ceil(Date.now() / 1000) * 1000 + inMs;
  const placed = Array.from({ length: posts }, (_, index) => {
    const account = accounts[index % accounts.length];
    if (!account) throw new Error('there is an account for every post');
    const dueAt = new Date(base + Math.floor(((index / posts) * overMs) / stepMs) * stepMs);
    return placedOn(account, { pattern, text: `${from + index} ${words(from + index)}`, dueAt });
  });
  await Messages.insertMany(placed.map(({ message }) => message));
  await Deliveries.insertMany(placed.map(({ delivery }) => delivery));
  return new Date(base);
}

function placedOn(
  account: Account,
  { pattern, text, dueAt }: { pattern: Message; text: string; dueAt: Date },
) {
  const { network } = account;
  const variant = { _id: newId(), network, language: 'en', text, accounts: [account._id] };
  const content = { ...pattern, _id: newId(), variants: [variant] };
  const contentHash = hashContent(content);
  const approval = { contentHash, reviewer: newId(), at: dueAt };
  const message: Message = { ...content, state: 'approved', contentHash, approval };
  const delivery: Partial<Delivery> = {
    _id: newId(),
    post: newId(),
    campaign: pattern.campaign,
    message: message._id,
    variant: variant._id,
    account: account._id,
    network,
    language: 'en',
    text,
    contentHash,
    lane: laneOf(account._id),
    state: 'scheduled',
    dueAt,
    nextAt: dueAt,
  };
  return { message, delivery };
}
