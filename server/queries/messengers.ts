import { trusted } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { CANCELLABLE_STATES } from '../domain/delivery.ts';
import type { Message } from '../domain/message.ts';
import type { Messenger, MessengerKind } from '../domain/messenger.ts';
import { NotFound } from '../errors.ts';
import { Deliveries, maybeLive } from '../models/delivery.ts';
import type { Versioned } from '../models/document.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import type { PageOf } from './page-of.ts';
import { searchPage } from './search.ts';

export interface MessengerFilter {
  q: string;
  kind: MessengerKind | null;
  tag: string;
  page: number;
}

/** Messengers by name. */
export function listMessengers({ q, kind, tag, page }: MessengerFilter): Promise<PageOf<Messenger>> {
  const where = { ...(kind ? { kind } : {}), ...(tag ? { tags: tag } : {}) };
  return searchPage<Messenger>(Messengers as never, { q, where, sort: { name: 1, _id: 1 }, page });
}

export interface MessengerPage {
  messenger: Versioned<Messenger>;
  messages: Pick<Message, '_id' | 'title' | 'state'>[];
  /** How many deliveries a withdrawal would cancel. */
  waiting: number;
  /** What of theirs is on the networks now, newest first. */
  live: Pick<Delivery, '_id' | 'post' | 'network' | 'text' | 'language' | 'publishedAt' | 'remoteUrl'>[];
  /** What is on its way or unclear, and may be on the networks too. */
  maybeLive: Pick<Delivery, '_id' | 'network' | 'text' | 'dueAt'>[];
}

/** One messenger with where they are heard. Throws NotFound. */
export async function readMessenger(id: string): Promise<MessengerPage> {
  const messenger = await Messengers.findById(id).lean<Versioned<Messenger>>();
  if (!messenger) throw new NotFound('There is no such messenger.');
  const messages = await Messages.find({ messenger: id }).select('title state').sort({ title: 1 }).lean();
  const ofTheirs = { message: trusted({ $in: messages.map(({ _id }) => _id) }) };
  const [waiting, live, perhaps] = await Promise.all([
    Deliveries.countDocuments({ ...ofTheirs, state: trusted({ $in: [...CANCELLABLE_STATES] }) }),
    Deliveries.find({ ...ofTheirs, state: 'published' })
      .select('post network text language publishedAt remoteUrl')
      .sort({ publishedAt: -1 })
      .limit(200)
      .lean<MessengerPage['live']>(),
    maybeLive(messages.map(({ _id }) => _id)),
  ]);
  return { messenger, messages, waiting, live, maybeLive: perhaps };
}
