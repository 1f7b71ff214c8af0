import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { DepartureFacts } from '../domain/departure.ts';
import type { Message } from '../domain/message.ts';
import type { Messenger } from '../domain/messenger.ts';
import { Accounts } from '../models/account.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import { gathered } from './gathered.ts';
import { homeOf, isPaused } from './publishing.ts';

/** Few enough that the first of many do not wait for the facts of all. */
const FACTS_AT_ONCE = 64;

export type FactsOf = (delivery: Delivery) => DepartureFacts;

/** Reads anew, for these deliveries, everything that decides whether they may leave. */
export async function departureFacts(context: Context, deliveries: readonly Delivery[]): Promise<FactsOf> {
  // All in one answer: the driver asks twice for more than 101.
  const most = Math.max(deliveries.length, 1);
  const [paused, messages, accounts] = await Promise.all([
    isPaused(),
    Messages.find({ _id: oneOf(deliveries.map(({ message }) => message)) })
      .select({ state: 1, approval: 1, contentHash: 1, variants: 1, messenger: 1, origin: 1 })
      .batchSize(most)
      .lean<Message[]>(),
    Accounts.find({ _id: oneOf(deliveries.map(({ account }) => account)) })
      .batchSize(most)
      .lean<Account[]>(),
  ]);
  const messengerIds = messages.map(({ messenger }) => messenger).filter((id) => id !== null);
  const messengers =
    messengerIds.length > 0 ? await Messengers.find({ _id: oneOf(messengerIds) }).lean<Messenger[]>() : [];
  const home = homeOf(context);
  const [messageOf, accountOf, messengerOf] = [byId(messages), byId(accounts), byId(messengers)];
  return ({ message: messageId, account: accountId }) => {
    const message = messageOf.get(messageId) ?? null;
    return {
      message,
      messenger: messengerOf.get(message?.messenger ?? '') ?? null,
      account: accountOf.get(accountId) ?? null,
      isPaused: paused,
      home,
    };
  };
}

/** The same for one delivery, read together with others that are about to leave; never earlier than asked. */
export const departureFactsOf = gathered(
  async (context: Context, deliveries: readonly Delivery[]): Promise<DepartureFacts[]> =>
    deliveries.map(await departureFacts(context, deliveries)),
  FACTS_AT_ONCE,
);

function byId<Item extends { _id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item._id, item]));
}

function oneOf(ids: readonly string[]) {
  return trusted({ $in: [...new Set(ids)] });
}
