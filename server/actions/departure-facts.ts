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
import { homeOf, isPaused } from './publishing.ts';

export type FactsOf = (delivery: Delivery) => DepartureFacts;

/** Reads anew, for these deliveries, everything that decides whether they may leave. */
export async function departureFacts(context: Context, deliveries: readonly Delivery[]): Promise<FactsOf> {
  const [paused, messages, accounts] = await Promise.all([
    isPaused(),
    Messages.find({ _id: oneOf(deliveries.map(({ message }) => message)) })
      .select({ state: 1, approval: 1, contentHash: 1, variants: 1, messenger: 1, origin: 1 })
      .lean<Message[]>(),
    Accounts.find({ _id: oneOf(deliveries.map(({ account }) => account)) }).lean<Account[]>(),
  ]);
  const messengerIds = messages.map(({ messenger }) => messenger).filter((id) => id !== null);
  const messengers =
    messengerIds.length > 0 ? await Messengers.find({ _id: oneOf(messengerIds) }).lean<Messenger[]>() : [];
  const home = homeOf(context);
  return ({ message: messageId, account: accountId }) => {
    const message = messages.find(({ _id }) => _id === messageId) ?? null;
    return {
      message,
      messenger: messengers.find(({ _id }) => _id === message?.messenger) ?? null,
      account: accounts.find(({ _id }) => _id === accountId) ?? null,
      isPaused: paused,
      home,
    };
  };
}

function oneOf(ids: readonly string[]) {
  return trusted({ $in: [...new Set(ids)] });
}
