import { NotFound } from '../errors.ts';
import { Messages } from '../models/message.ts';
import { type MessageVersion, MessageVersions } from '../models/message-version.ts';
import { memberNames } from './member-names.ts';
import { PAGE_SIZE, type PageOf, skipTo } from './page-of.ts';

export interface VersionsPage extends PageOf<MessageVersion> {
  message: { _id: string; title: string };
  /** The one before the last of the page, to compare with; null at the beginning. */
  before: MessageVersion | null;
  /** Names of the editors, by id. */
  names: ReadonlyMap<string, string>;
}

/** What a message said after each save, newest first. Throws NotFound. */
export async function messageVersions(id: string, page: number): Promise<VersionsPage> {
  const message = await Messages.findById(id).select('title').lean();
  if (!message) throw new NotFound('There is no such message.');
  const [found, total] = await Promise.all([
    MessageVersions.find({ message: id })
      .sort({ number: -1 })
      .skip(skipTo(page))
      .limit(PAGE_SIZE + 1)
      .lean<MessageVersion[]>(),
    MessageVersions.countDocuments({ message: id }),
  ]);
  const items = found.slice(0, PAGE_SIZE);
  const names = await memberNames(items.map(({ editor }) => editor));
  return { message, items, total, page, before: found[PAGE_SIZE] ?? null, names };
}
