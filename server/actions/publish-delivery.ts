import type { Context } from '../context.ts';
import type { Attempt, Delivery } from '../domain/delivery.ts';
import { obstacleTo } from '../domain/departure.ts';
import type { Outcome } from '../domain/outcome.ts';
import { changeDelivery } from '../models/delivery.ts';
import { departureFacts } from './departure-facts.ts';
import { openCredential } from './open-credential.ts';
import { timesOf } from './publishing.ts';
import { settleDelivery } from './settle-delivery.ts';

/**
 * Sends one claimed delivery: intent on record, everything looked at once more, one request, outcome. Nothing leaves
 * before the database has acknowledged the intent. Returns the delivery as it was settled; null when somebody else
 * has taken it over.
 */
export async function publishDelivery(context: Context, claimed: Delivery): Promise<Delivery | null> {
  const platform = context.platforms[claimed.network];
  const credential = platform && (await openCredential(context, claimed.account));
  if (!platform || !credential) return settleDelivery(context, claimed, whyNot(platform !== undefined));

  const began = performance.now();
  const intent = await recordIntent(context, claimed);
  if (!intent) return null;
  const facts = (await departureFacts(context, [intent]))(intent);
  const obstacle = obstacleTo(
    { ...intent, nextAt: claimed.dueAt },
    facts,
    context.clock.now(),
    timesOf(context),
  );
  if (obstacle) return settleDelivery(context, intent, { kind: 'not-sent', detail: obstacle.reason });
  if (stoodStill(context, began, intent)) {
    return settleDelivery(context, intent, {
      kind: 'not-sent',
      detail: 'The process stood still for too long.',
    });
  }
  const request = {
    text: intent.text,
    language: intent.language,
    deliveryKey: intent._id,
    ...(facts.message ? { origin: facts.message.origin } : {}),
    signal: AbortSignal.timeout(timesOf(context).requestMs),
  };
  const outcome = await platform.publish(credential, request).catch(unexpected);
  return settleDelivery(context, intent, outcome);
}

function whyNot(hasPlatform: boolean): Outcome {
  return hasPlatform
    ? { kind: 'unauthorised', detail: 'The account is not connected.' }
    : { kind: 'not-sent', detail: 'This installation has no adapter for the network.' };
}

function recordIntent(context: Context, claimed: Delivery): Promise<Delivery | null> {
  const startedAt = context.clock.now();
  const leaseUntil = new Date(startedAt.getTime() + timesOf(context).leaseMs);
  const attempt: Attempt = {
    number: claimed.attempts.length + 1,
    kind: 'publication',
    fencingToken: claimed.fencingToken,
    incarnation: context.queue.name,
    startedAt,
    endedAt: null,
    outcome: null,
    detail: '',
  };
  return changeDelivery(claimed, {
    to: 'sending',
    set: { leaseUntil, nextAt: leaseUntil },
    push: { attempts: attempt },
  });
}

/** Both clocks are asked: one stands still while the machine sleeps, the other may be set. */
function stoodStill(context: Context, began: number, intent: Delivery): boolean {
  const startedAt = intent.attempts.at(-1)?.startedAt.getTime() ?? 0;
  const elapsedMs = Math.max(performance.now() - began, context.clock.now().getTime() - startedAt);
  return elapsedMs > timesOf(context).leaseMs / 2;
}

/** An adapter that throws is broken, and nobody knows how far it got. */
function unexpected(error: Error): Outcome {
  return { kind: 'unknown', detail: `The adapter failed (${error.name}).` };
}
