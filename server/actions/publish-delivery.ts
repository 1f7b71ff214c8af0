import type { Context } from '../context.ts';
import type { Credential } from '../domain/credential.ts';
import { type Attempt, type Delivery, stepOf } from '../domain/delivery.ts';
import { obstacleTo } from '../domain/departure.ts';
import type { Outcome } from '../domain/outcome.ts';
import { needsPreparing } from '../domain/preparation.ts';
import { changeDelivery } from '../models/delivery.ts';
import { changeTogether } from './change-together.ts';
import { departureFactsOf } from './departure-facts.ts';
import { openCredential } from './open-credential.ts';
import type { Platform, PublishRequest } from './platform-of.ts';
import { publishRequest } from './publish-request.ts';
import { timesOf } from './publishing.ts';
import { settleDelivery } from './settle-delivery.ts';

/** When a claimed delivery leaves. */
export interface Departure {
  at: Date;
  /** Resolves when the intent may be written. `false`: whoever sends takes up nothing any more. */
  mayBegin(): Promise<boolean>;
}

/**
 * Sends one claimed delivery at its time, a thread part by part: each has its own intent and outcome on record, so
 * that it goes on after the last part that was accepted. Returns the delivery as it was settled, or as it was handed
 * back before anything of it left; null when somebody else has taken it over.
 */
export async function publishDelivery(
  context: Context,
  claimed: Delivery,
  departure?: Departure,
): Promise<Delivery | null> {
  let current = await publishPart(context, claimed, departure);
  while (current?.state === 'claimed') current = await publishPart(context, current);
  return current;
}

/**
 * Prepared first, then the intent on record; at its time everything looked at once more, one request, outcome.
 * Nothing leaves before the database has acknowledged the intent.
 */
async function publishPart(
  context: Context,
  claimed: Delivery,
  departure?: Departure,
): Promise<Delivery | null> {
  const platform = context.platforms[claimed.network];
  const credential = platform && (await openCredential(context, claimed.account));
  if (!platform || !credential) return settleDelivery(context, claimed, whyNot(platform !== undefined));

  const made = await publishRequest(claimed);
  if ('missing' in made) return settleDelivery(context, claimed, { kind: 'refused', detail: made.missing });
  const ready = await prepared(context, claimed, { platform, credential, request: made });
  if (ready?.state !== 'claimed') return ready;
  if (departure && !(await departure.mayBegin())) {
    return changeDelivery(ready, { to: 'scheduled', set: { nextAt: departure.at, leaseUntil: null } });
  }

  const began = performance.now();
  const intent = await recordIntent(context, ready);
  if (!intent) return null;
  if (departure) await context.clock.until(departure.at);
  const facts = await departureFactsOf(context, intent);
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
    ...made,
    ...(intent.prepared ? { prepared: intent.prepared } : {}),
    ...(facts.message && !made.origin ? { origin: facts.message.origin } : {}),
    signal: AbortSignal.timeout(timesOf(context).requestMs),
  };
  const outcome = await platform.publish(credential, request).catch(unexpected);
  return settleDelivery(context, intent, outcome);
}

/** What the adapter prepares is on record before anything is sent, and serves all attempts until the network forgets it. */
async function prepared(
  context: Context,
  claimed: Delivery,
  { platform, credential, request }: { platform: Platform; credential: Credential; request: PublishRequest },
): Promise<Delivery | null> {
  if (!platform.prepare || !needsPreparing(claimed, context.clock.now())) return claimed;
  const { leaseMs } = timesOf(context);
  // Done well before the lease of the claim is over.
  const signal = AbortSignal.timeout(Math.round((leaseMs * 2) / 3));
  const outcome = await platform
    .prepare(credential, { ...unprepared(request), signal })
    .catch((error: Error): Outcome => ({ kind: 'not-sent', detail: `The adapter failed (${error.name}).` }));
  if (outcome.kind !== 'prepared') return settleDelivery(context, claimed, outcome);
  if (outcome.prepared === '') return claimed;
  const leaseUntil = new Date(context.clock.now().getTime() + leaseMs);
  return changeDelivery(claimed, {
    to: 'claimed',
    set: {
      prepared: outcome.prepared,
      preparedUntil: outcome.goodUntil ?? null,
      leaseUntil,
      nextAt: leaseUntil,
    },
  });
}

/** What was prepared before and is over plays no part in preparing anew. */
function unprepared({ prepared: _, ...request }: PublishRequest): PublishRequest {
  return request;
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
    step: stepOf(claimed),
    startedAt,
    endedAt: null,
    outcome: null,
    detail: '',
  };
  return changeTogether(context, claimed, {
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
