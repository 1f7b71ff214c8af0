import { schedulePost } from '../../server/actions/schedule-post.ts';
import type { Context } from '../../server/context.ts';
import type { Account } from '../../server/domain/account.ts';
import { wallTimeOf } from '../../server/domain/calendar-time.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import type { Member } from '../../server/domain/member.ts';
import type { Message } from '../../server/domain/message.ts';
import { Credentials } from '../../server/models/credential.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { aCampaign, aMember, anAccount, anApprovedMessage } from './builders.ts';

export interface Stage {
  account: Account;
  message: Message;
  /** Id of the message's only variant, which may stand on the account. */
  variant: string;
  scheduler: Member;
}

let stages = 0;

/** A connected account, and an approved message with one text for it. */
export async function aStage(
  context: Context,
  fields: { account?: Partial<Account>; message?: Partial<Message>; text?: string } = {},
): Promise<Stage> {
  const account = await anAccount(fields.account);
  await connect(context, account._id);
  const campaign = await aCampaign();
  const variant = newId();
  stages += 1;
  const text = fields.text ?? `${words(stages)}. Call us.`;
  const message = await anApprovedMessage({
    campaign: campaign._id,
    variants: [{ _id: variant, network: 'x', language: 'en', text, accounts: [account._id] }],
    ...fields.message,
  });
  return { account, message, variant, scheduler: await aMember('scheduler') };
}

/** Stores a credential that no network would take. */
async function connect(context: Context, account: string): Promise<void> {
  const sealed = context.vault.seal(account, { accessToken: 'token', accessSecret: 'secret' });
  await Credentials.create({ account, ...sealed });
}

/** Places the stage's text, due at once unless told otherwise, and returns its delivery. */
export async function aDelivery(
  context: Context,
  stage: Stage,
  dueAt = context.clock.now(),
): Promise<Delivery> {
  const post = await schedulePost(context, stage.scheduler, {
    message: stage.message._id,
    variant: stage.variant,
    accounts: [stage.account._id],
    wallTime: wallTimeOf(dueAt, stage.account.timeZone),
  });
  const delivery = await Deliveries.findOne({ post: post._id }).lean<Delivery>();
  if (!delivery) throw new Error('the delivery was just made');
  return delivery;
}

export async function reread(delivery: Pick<Delivery, '_id'>): Promise<Delivery> {
  const found = await Deliveries.findById(delivery._id).lean<Delivery>();
  if (!found) throw new Error('the delivery is gone');
  return found;
}

/** Words that have little in common from number to number, so that no two texts count as similar. */
export function words(number: number): string {
  const syllables = ['ka', 'mo', 'ri', 'tun', 'sel', 'vo', 'pex', 'dal', 'nu', 'ghi'];
  let seed = (number * 2_654_435_761) >>> 0;
  return Array.from({ length: 8 }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return [8, 16, 24].map((shift) => syllables[(seed >>> shift) % syllables.length]).join('');
  }).join(' ');
}
