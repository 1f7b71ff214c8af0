import type { Context } from '../context.ts';
import { type Attempt, type Delivery, remoteIdsOf } from '../domain/delivery.ts';
import type { Outcome } from '../domain/outcome.ts';
import { Conflict } from '../errors.ts';
import { changeDelivery } from '../models/delivery.ts';
import { openCredential } from './open-credential.ts';
import { timesOf } from './publishing.ts';
import { recordEvent } from './record-event.ts';

export interface DeleteOptions {
  /** Member id of who wants it. */
  actor: string;
  /** In words; goes into the trail. */
  reason: string;
  /**
   * When it is asked for again after an outcome that is not final; null, or not given: a person asks again, and is
   * told why.
   */
  againAt?(outcome: Outcome): Date | null;
  /** What the network is known to answer, so that it is not asked. */
  foreseen?: Outcome | null;
}

/**
 * Deletes a published delivery on its network, with an intent of its own on record before the request leaves.
 * Throws Conflict when somebody else is at it.
 */
export async function deleteDelivery(
  context: Context,
  delivery: Delivery,
  { actor, reason, againAt = () => null, foreseen = null }: DeleteOptions,
): Promise<{ outcome: Outcome; settled: Delivery }> {
  const intent = await recordIntent(context, delivery);
  const outcome = foreseen ?? (await deleteOnNetwork(context, delivery).catch(unexpected));
  const settled = await settle(context, intent, { outcome, againAt: againAt(outcome) });
  await recordEvent(context, {
    actor,
    verb: outcome.kind === 'accepted' ? 'delivery withdrawn' : 'withdrawal failed',
    subject: 'delivery',
    subjectId: delivery._id,
    campaign: delivery.campaign,
    details: { reason, outcome: outcome.kind },
  });
  return { outcome, settled };
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

/** An adapter that throws is broken: it may have deleted all, some or nothing. */
function unexpected(error: Error): Outcome {
  return { kind: 'unknown', detail: `The software failed (${error.name}).` };
}

async function settle(
  context: Context,
  intent: Delivery,
  { outcome, againAt }: { outcome: Outcome; againAt: Date | null },
): Promise<Delivery> {
  const index = intent.attempts.length - 1;
  const detail = outcome.kind === 'accepted' ? '' : outcome.detail;
  const settled = await changeDelivery(intent, {
    to: outcome.kind === 'accepted' ? 'withdrawn' : 'published',
    set: {
      [`attempts.${index}.endedAt`]: context.clock.now(),
      [`attempts.${index}.outcome`]: outcome.kind,
      [`attempts.${index}.detail`]: detail,
      leaseUntil: null,
      nextAt: againAt,
      problem: detail && !againAt ? `Not withdrawn: ${detail}` : '',
    },
  });
  if (!settled) throw new Conflict('Somebody else has changed this delivery meanwhile.');
  return settled;
}
