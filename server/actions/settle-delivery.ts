import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { ACCEPTING_STATES, type Delivery, type DeliveryState, GIVEN_UP_STATES } from '../domain/delivery.ts';
import type { Outcome } from '../domain/outcome.ts';
import {
  mayHaveArrived,
  perhapsThere,
  type Settlement,
  settle,
  settleAccepted,
  settleGivenUp,
} from '../domain/settlement.ts';
import { Accounts } from '../models/account.ts';
import { acceptLate, changeDelivery, Deliveries, endAttempt } from '../models/delivery.ts';
import { changeTogether } from './change-together.ts';
import { limitAccounts } from './limit-accounts.ts';
import { timesOf, wakeAt } from './publishing.ts';
import { recordEvent } from './record-event.ts';

/** What is written into the audit trail; the other states are steps on the way. */
const TOLD: readonly DeliveryState[] = ['published', 'failed', 'auth-needed', 'unknown', 'needs-person'];

/**
 * Writes down how a try ended. When somebody else has taken the delivery over meanwhile, an acceptance is recorded
 * all the same, and of anything else at least that this sender has stopped. What was given up by then goes before a
 * person when it may have arrived. null: taken over.
 */
export async function settleDelivery(
  context: Context,
  seen: Delivery,
  outcome: Outcome,
): Promise<Delivery | null> {
  const now = context.clock.now();
  const options = { times: timesOf(context), jitter: Math.random() };
  const { state: to, sentPart, ...set } = settle(seen, outcome, now, options);
  const isSending = seen.state === 'sending';
  const attempt = isSending ? attemptChanges(seen, outcome, now) : {};
  const changed =
    (await changeTogether(context, seen, {
      to,
      set: { ...set, ...attempt },
      ...(sentPart ? { push: { sent: sentPart } } : {}),
    })) ?? (isSending ? await settleLate(context, seen, outcome) : null);
  if (!changed) return null;

  const settled = changed.state === 'failed' ? await lookBack(changed) : changed;
  if (settled.state === 'auth-needed') await stopAccount(seen.account, settled.problem);
  if (outcome.kind === 'limited') await limitAccounts(context, settled, outcome);
  if (settled.nextAt && settled.state !== 'claimed') await wakeAt(context, settled.lane, settled.nextAt);
  if (TOLD.includes(settled.state)) await tell(context, settled, outcome);
  return settled;
}

function attemptChanges(seen: Delivery, outcome: Outcome, now: Date) {
  const index = seen.attempts.length - 1;
  return {
    [`attempts.${index}.endedAt`]: now,
    [`attempts.${index}.outcome`]: outcome.kind,
    [`attempts.${index}.detail`]: outcome.kind === 'accepted' ? '' : outcome.detail,
  };
}

async function settleLate(context: Context, seen: Delivery, outcome: Outcome): Promise<Delivery | null> {
  const now = context.clock.now();
  const attempt = attemptChanges(seen, outcome, now);
  if (outcome.kind === 'accepted') {
    const { remoteId, remoteUrl } = outcome;
    const part = { remoteId, remoteUrl, at: now };
    const accept = (from: readonly DeliveryState[], { sentPart, ...set }: Settlement) =>
      acceptLate(seen, { from, set: { ...set, ...attempt }, part: sentPart });
    const accepted =
      (await accept(ACCEPTING_STATES, settleAccepted(seen, part))) ??
      (await accept(GIVEN_UP_STATES, settleGivenUp(seen, part)));
    if (accepted) return accepted;
    await tellTwice(context, seen, remoteId);
  }
  // First the end of the try, then what became of the delivery; whoever gives it up does both the other way round.
  await endAttempt(seen, attempt);
  if (outcome.kind !== 'unknown') return null;
  return acceptLate(seen, { from: GIVEN_UP_STATES, set: perhapsThere(), part: undefined });
}

/** A refusal says nothing about an earlier try that ended meanwhile: read anew, because the table of tries grew. */
async function lookBack(failed: Delivery): Promise<Delivery> {
  const now = await Deliveries.findById(failed._id).lean<Delivery>();
  if (now?.state !== 'failed' || !mayHaveArrived(now)) return failed;
  const { state: to, ...set } = perhapsThere();
  return (await changeDelivery(now, { to, set })) ?? failed;
}

/** The delivery was settled before its network answered; alarming only when it is another post. */
async function tellTwice(context: Context, seen: Delivery, remoteId: string): Promise<void> {
  const problem = `The network also accepted it as ${remoteId}. Look for a second copy.`;
  const other = await Deliveries.findOneAndUpdate(
    { _id: seen._id, remoteId: trusted({ $ne: remoteId }), 'sent.remoteId': trusted({ $ne: remoteId }) },
    { $set: { problem } },
  );
  if (!other) return;
  context.log.error({ delivery: seen._id, remoteId }, 'a settled delivery was accepted once more');
  await recordEvent(context, {
    actor: null,
    verb: 'delivery accepted twice',
    subject: 'delivery',
    subjectId: seen._id,
    campaign: seen.campaign,
    details: { remoteId },
  });
}

async function stopAccount(account: string, stateReason: string): Promise<void> {
  await Accounts.updateOne(
    { _id: account, state: 'enabled' },
    { $set: { state: 'auth-needed', stateReason } },
  );
}

async function tell(context: Context, settled: Delivery, outcome: Outcome): Promise<void> {
  const { _id, state, campaign, remoteId } = settled;
  context.log.info({ delivery: _id, state, outcome: outcome.kind }, 'delivery settled');
  await recordEvent(context, {
    actor: null,
    verb: `delivery ${state}`,
    subject: 'delivery',
    subjectId: _id,
    campaign,
    details: { outcome: outcome.kind, remoteId },
  });
}
