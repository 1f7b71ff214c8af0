import type { Account } from '../../server/domain/account.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { aCampaign, anApprovedMessage } from './builders.ts';
import { fillIn, type Visitor } from './over-http.ts';
import { words } from './publishing.ts';

/**
 * An approved text of its own, which a member places on this account through the pages, to go out at once. Every
 * number has another text. Returns the ids of its campaign and of the post.
 */
export async function placeThroughPages(
  scheduler: Visitor,
  { _id: account, network }: Pick<Account, '_id' | 'network'>,
  number: number,
): Promise<{ campaign: string; post: string }> {
  const campaign = await aCampaign();
  const variant = newId();
  const text = `${number} ${words(number)}`;
  const message = await anApprovedMessage({
    campaign: campaign._id,
    variants: [{ _id: variant, network, language: 'en', text, accounts: [account] }],
  });
  // An approval holds for half a year.
  await Messages.updateOne({ _id: message._id }, { $set: { 'approval.at': new Date() } });
  const placed = await fillIn(scheduler, {
    page: `/posts/new?message=${message._id}&variant=${variant}`,
    action: '/posts',
    fields: { account, when: 'now' },
  });
  if (placed.status !== 303) throw new Error(`Placing was answered with ${placed.status}: ${placed.text}`);
  return { campaign: campaign._id, post: String(placed.headers.location).split('/').at(-1) ?? '' };
}
