import { type QueryFilter, trusted } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { CANCELLABLE_STATES } from '../domain/delivery.ts';
import type { Message } from '../domain/message.ts';
import type { Messenger, MessengerKind } from '../domain/messenger.ts';
import { NotFound } from '../errors.ts';
import { Deliveries, maybeLive } from '../models/delivery.ts';
import type { Versioned } from '../models/document.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import { containing, PAGE_SIZE, type PageOf, skipTo } from './page-of.ts';

export interface MessengerFilter {
  q: string;
  kind: MessengerKind | null;
  page: number;
}

/** Messengers by name. */
export async function listMessengers({ q, kind, page }: MessengerFilter): Promise<PageOf<Messenger>> {
  const where: QueryFilter<Messenger> = {
    ...(kind ? { kind } : {}),
    ...(q ? { $or: [{ name: containing(q) }, { credibility: containing(q) }] } : {}),
  };
  const [items, total] = await Promise.all([
    Messengers.find(where).sort({ name: 1, _id: 1 }).skip(skipTo(page)).limit(PAGE_SIZE).lean<Messenger[]>(),
    Messengers.countDocuments(where),
  ]);
  return { items, total, page };
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
