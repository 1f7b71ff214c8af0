import { trusted } from 'mongoose';
import { type Account, type Home, isDisclosed } from '../domain/account.ts';
import { beside } from '../domain/arm.ts';
import type { Delivery } from '../domain/delivery.ts';
import { isApproved, type Message, type Variant } from '../domain/message.ts';
import { approvalExpiresAt } from '../domain/review.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { Campaigns } from '../models/campaign.ts';
import { Deliveries } from '../models/delivery.ts';
import { Messages } from '../models/message.ts';

export interface SchedulableMessage {
  message: Message;
  campaignTitle: string;
}

/** Every message with an approval that still holds, of a campaign that is not closed; the latest comes first. */
export async function schedulableMessages(now: Date): Promise<SchedulableMessage[]> {
  const messages = await Messages.find({ state: 'approved' })
    .sort({ updatedAt: -1 })
    .limit(200)
    .lean<Message[]>();
  const campaigns = await Campaigns.find({ _id: trusted({ $in: messages.map(({ campaign }) => campaign) }) })
    .select('title state')
    .lean();
  const isFresh = ({ approval }: Message) => approval !== null && now < approvalExpiresAt(approval);
  return messages
    .filter(isApproved)
    .filter(isFresh)
    .flatMap((message) => {
      const campaign = campaigns.find(({ _id, state }) => _id === message.campaign && state !== 'closed');
      return campaign ? [{ message, campaignTitle: campaign.title }] : [];
    });
}

type Unfit = 'not-approved' | 'other-home' | 'not-enabled' | 'not-disclosed';

export interface PlacementChoice {
  message: Message;
  variant: Variant;
  accounts: { account: Account; unfit: Unfit | null }[];
  /** Where the variant is an arm: each arm of its network and language, itself among them, in the order of the message. */
  arms: PlacedArm[];
}

interface PlacedArm {
  variant: Variant;
  /** Where it stands on the calendar, or went out under this name; the earliest first. */
  deliveries: Pick<Delivery, 'account' | 'dueAt' | 'state'>[];
}

/** A variant with the accounts of its network, and why some of them cannot carry it. Throws NotFound. */
export async function placementChoice(ids: {
  message: string;
  variant: string;
  home: Home;
}): Promise<PlacementChoice> {
  const message = await Messages.findById(ids.message).lean<Message>();
  const variant = message?.variants.find(({ _id }) => _id === ids.variant);
  if (!message || !variant) throw new NotFound('This text does not exist any more.');
  const accounts = await Accounts.find({ network: variant.network }).sort({ handle: 1 }).lean<Account[]>();
  return {
    message,
    variant,
    accounts: accounts.map((account) => ({ account, unfit: unfitness(account, variant, ids.home) })),
    arms: await placedArms(message, variant),
  };
}

async function placedArms({ _id, variants }: Message, variant: Variant): Promise<PlacedArm[]> {
  const others = beside(variant, variants).filter(({ arm }) => arm);
  if (!variant.arm || others.length === 0) return [];
  const arms = variants.filter((one) => one === variant || others.includes(one));
  const deliveries = await Deliveries.find({
    message: _id,
    variant: trusted({ $in: arms.map((arm) => arm._id) }),
    state: trusted({ $nin: ['cancelled', 'failed'] }),
  })
    .select('variant arm account dueAt state')
    .sort({ dueAt: 1 })
    .lean<Delivery[]>();
  return arms.map((arm) => ({
    variant: arm,
    deliveries: deliveries.filter((one) => one.variant === arm._id && one.arm === arm.arm),
  }));
}

function unfitness(account: Account, variant: Variant, home: Home): Unfit | null {
  if (account.home !== home) return 'other-home';
  if (!variant.accounts.includes(account._id)) return 'not-approved';
  if (account.state !== 'enabled') return 'not-enabled';
  return isDisclosed(account) ? null : 'not-disclosed';
}
