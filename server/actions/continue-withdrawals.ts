import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Campaign } from '../domain/campaign.ts';
import { type CampaignWithdrawal, withdrawalStep } from '../domain/campaign-withdrawal.ts';
import { type Delivery, FINAL_STATES } from '../domain/delivery.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Outcome } from '../domain/outcome.ts';
import { Conflict } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';
import { cancelWaiting } from './cancel-post.ts';
import { deleteDelivery } from './delete-delivery.ts';
import { recordEvent } from './record-event.ts';
import { voidApprovals } from './void-approvals.ts';

const AT_ONCE = 500;
const AGAIN_MS = 60_000;
const UNKNOWN_PLACE = 'Not withdrawn: it is not known where it stands. Delete it on the network by hand.';

type Withdrawn = Pick<Campaign, '_id'> & { withdrawal: CampaignWithdrawal };

/**
 * Goes on with every campaign that is being taken back; takes up nothing new once the signal is aborted. What goes
 * wrong with one of them keeps no other on the networks.
 */
export async function continueWithdrawals(context: Context, signal: AbortSignal): Promise<void> {
  const open = { withdrawal: trusted({ $ne: null }), 'withdrawal.endedAt': null };
  for (const { _id } of await Campaigns.find(open).select('_id').lean()) {
    await continueWithdrawal(context, _id, signal).catch((error: Error) => {
      context.log.error({ err: error, campaign: _id }, 'withdrawal broke off');
    });
  }
}

/** Deletes what is out by now, accounts side by side; ends the withdrawal when the rest is a person's. */
export async function continueWithdrawal(context: Context, id: string, signal: AbortSignal): Promise<void> {
  const campaign = await Campaigns.findById(id).select('withdrawal').lean<Withdrawn>();
  if (!campaign?.withdrawal || campaign.withdrawal.endedAt) return;
  const { withdrawal } = campaign;
  const { member: actor } = withdrawal;
  await voidApprovals(context, {
    of: { campaign: id },
    actor,
    reason: 'The campaign was withdrawn, so the approval ended.',
  });
  // Whoever placed something at the same moment, or was given it back unsent, finds it cancelled.
  await cancelWaiting({ campaign: id }, withdrawal.reason);
  const live = await newestToWorkOn(campaign, context.clock.now());
  const accounts = [...groupBy(live, ({ account }) => account).values()];
  await Promise.all(accounts.map((deliveries) => deleteInOrder(context, deliveries, { withdrawal, signal })));
  await endWhenDone(context, campaign);
}

/** What is a person's by now, or has to wait, takes nobody's place. */
async function newestToWorkOn({ _id: campaign, withdrawal }: Withdrawn, now: Date): Promise<Delivery[]> {
  const newest = { publishedAt: -1, _id: -1 } as const;
  const live = await Deliveries.find({ campaign, state: 'published' })
    .select('attempts nextAt leaseUntil remoteId problem publishedAt')
    .sort(newest)
    .lean<Delivery[]>();
  const open = live.filter((delivery) => {
    const step = withdrawalStep(delivery, withdrawal, now);
    return step === 'delete' || (step === 'person' && !delivery.problem);
  });
  const ids = open.slice(0, AT_ONCE).map(({ _id }) => _id);
  return Deliveries.find({ _id: trusted({ $in: ids }) })
    .sort(newest)
    .lean<Delivery[]>();
}

/**
 * An account that is told to wait is left alone for this time. One whose access is over is asked once: the rest of
 * it goes to a person at once, and takes nobody's place in the next pass.
 */
async function deleteInOrder(
  context: Context,
  deliveries: readonly Delivery[],
  { withdrawal, signal }: { withdrawal: CampaignWithdrawal; signal: AbortSignal },
): Promise<void> {
  let foreseen: Outcome | null = null;
  for (const delivery of deliveries) {
    if (signal.aborted) return;
    const step = withdrawalStep(delivery, withdrawal, context.clock.now());
    if (step === 'person' && !delivery.problem) {
      await changeDelivery(delivery, { to: 'published', set: { problem: UNKNOWN_PLACE } });
    }
    if (step !== 'delete') continue;
    const outcome: Outcome | null = await tryDelete(context, delivery, { withdrawal, foreseen });
    if (outcome?.kind === 'limited') return;
    if (outcome?.kind === 'unauthorised') foreseen = outcome;
  }
}

async function tryDelete(
  context: Context,
  delivery: Delivery,
  { withdrawal, foreseen }: { withdrawal: CampaignWithdrawal; foreseen: Outcome | null },
): Promise<Outcome | null> {
  const { member: actor, reason } = withdrawal;
  const againAt = (outcome: Outcome) =>
    againAfter(delivery, outcome, { withdrawal, now: context.clock.now() });
  try {
    const { outcome } = await deleteDelivery(context, delivery, { actor, reason, againAt, foreseen });
    return outcome;
  } catch (error) {
    if (error instanceof Conflict) return null;
    throw error;
  }
}

/** Deleting twice does no harm, so whatever is not final is simply asked for again. */
function againAfter(
  delivery: Delivery,
  outcome: Outcome,
  { withdrawal, now }: { withdrawal: CampaignWithdrawal; now: Date },
): Date | null {
  if (outcome.kind === 'accepted') return null;
  const ended = { kind: 'withdrawal', startedAt: now, endedAt: now, outcome: outcome.kind } as const;
  const attempts = [
    ...delivery.attempts,
    { ...ended, number: 0, fencingToken: 0, incarnation: '', detail: '' },
  ];
  const next = withdrawalStep({ ...delivery, attempts, nextAt: null }, withdrawal, now);
  if (next === 'person') return null;
  return outcome.kind === 'limited' && outcome.retryAt > now
    ? outcome.retryAt
    : new Date(now.getTime() + AGAIN_MS);
}

async function endWhenDone(context: Context, { _id: id, withdrawal }: Withdrawn): Promise<void> {
  const now = context.clock.now();
  const isOpen = await Deliveries.exists({ campaign: id, state: trusted({ $nin: [...FINAL_STATES] }) });
  if (isOpen) return;
  const live = await Deliveries.find({ campaign: id, state: 'published' })
    .select('attempts nextAt leaseUntil remoteId')
    .lean<Delivery[]>();
  if (live.some((delivery) => withdrawalStep(delivery, withdrawal, now) !== 'person')) return;
  const ended = await Campaigns.updateOne(
    { _id: id, 'withdrawal.at': withdrawal.at, 'withdrawal.endedAt': null },
    { $set: { 'withdrawal.endedAt': now } },
  );
  if (ended.modifiedCount === 0) return;
  await recordEvent(context, {
    actor: null,
    verb: 'campaign withdrawal ended',
    subject: 'campaign',
    subjectId: id,
    campaign: id,
    details: { left: live.length },
  });
}
