import type { Context } from '../context.ts';
import { type Attempt, type Delivery, isBeingWithdrawn, remoteIdsOf } from '../domain/delivery.ts';
import type { Outcome } from '../domain/outcome.ts';
import { Conflict, NotFound, Upstream } from '../errors.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';
import { type Actor, allow } from './allow.ts';
import { openCredential } from './open-credential.ts';
import { timesOf } from './publishing.ts';
import { recordEvent } from './record-event.ts';

export interface WithdrawDeliveryInput {
  delivery: string;
  /** In words; goes into the trail. */
  reason: string;
}

/**
 * Deletes a published delivery on its network, with an intent of its own on record before the request leaves.
 * Throws Conflict when it is not on the network, and Upstream with what the network said when it refused.
 */
export async function withdrawDelivery(
  context: Context,
  member: Actor,
  { delivery: id, reason }: WithdrawDeliveryInput,
): Promise<Delivery> {
  allow(member, 'deliveries.resolve');
  const delivery = await Deliveries.findById(id).lean<Delivery>();
  if (!delivery) throw new NotFound('This delivery does not exist any more.');
  if (delivery.state !== 'published' || !delivery.remoteId) {
    throw new Conflict('Only what is known to be on a network can be withdrawn.');
  }
  if (isBeingWithdrawn(delivery) && delivery.leaseUntil && delivery.leaseUntil > context.clock.now()) {
    throw new Conflict('Somebody else is withdrawing it.');
  }
  const intent = await recordIntent(context, delivery);
  const outcome = await deleteOnNetwork(context, delivery);
  const settled = await settleWithdrawal(context, intent, outcome);
  await recordEvent(context, {
    actor: member._id,
    verb: outcome.kind === 'accepted' ? 'delivery withdrawn' : 'withdrawal failed',
    subject: 'delivery',
    subjectId: id,
    campaign: delivery.campaign,
    details: { reason, outcome: outcome.kind },
  });
  if (outcome.kind !== 'accepted') throw new Upstream(`It is still on the network: ${outcome.detail}`);
  return settled;
}

/** The lease lets the sweep find a withdrawal whose sender stopped; a late answer still settles it. */
async function recordIntent(context: Context, delivery: Delivery): Promise<Delivery> {
  const startedAt = context.clock.now();
  const leaseUntil = new Date(startedAt.getTime() + timesOf(context).leaseMs);
  const attempt: Attempt = {
    number: delivery.attempts.length + 1,
    kind: 'withdrawal',
    fencingToken: delivery.fencingToken + 1,
    incarnation: context.queue.name,
    startedAt,
    endedAt: null,
    outcome: null,
    detail: '',
  };
  const intent = await changeDelivery(delivery, {
    to: 'published',
    set: { incarnation: context.queue.name, leaseUntil, nextAt: leaseUntil },
    push: { attempts: attempt },
    isClaimed: true,
  });
  if (!intent) throw new Conflict('Somebody else is withdrawing it.');
  return intent;
}

/** A thread goes from its end to its beginning; what is gone already counts as deleted, so it may be repeated. */
async function deleteOnNetwork(context: Context, delivery: Delivery): Promise<Outcome> {
  const platform = context.platforms[delivery.network];
  if (!platform) return { kind: 'not-sent', detail: 'This installation has no adapter for the network.' };
  const credential = await openCredential(context, delivery.account);
  if (!credential) return { kind: 'unauthorised', detail: 'The account is not connected.' };
  let outcome: Outcome = { kind: 'refused', detail: 'Nothing of it is known on the network.' };
  for (const remoteId of remoteIdsOf(delivery)) {
    outcome = await platform.withdraw(credential, remoteId);
    if (outcome.kind !== 'accepted') return outcome;
  }
  return outcome;
}

async function settleWithdrawal(context: Context, intent: Delivery, outcome: Outcome): Promise<Delivery> {
  const index = intent.attempts.length - 1;
  const detail = outcome.kind === 'accepted' ? '' : outcome.detail;
  const settled = await changeDelivery(intent, {
    to: outcome.kind === 'accepted' ? 'withdrawn' : 'published',
    set: {
      [`attempts.${index}.endedAt`]: context.clock.now(),
      [`attempts.${index}.outcome`]: outcome.kind,
      [`attempts.${index}.detail`]: detail,
      leaseUntil: null,
      nextAt: null,
      problem: detail && `Not withdrawn: ${detail}`,
    },
  });
  if (!settled) throw new Conflict('Somebody else has changed this delivery meanwhile.');
  return settled;
}
