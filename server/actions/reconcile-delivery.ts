import type { Context } from '../context.ts';
import { type Delivery, stepOf } from '../domain/delivery.ts';
import type { ReadBackOutcome } from '../domain/outcome.ts';
import { CLOCK_SKEW_MS } from '../domain/publishing-times.ts';
import { areSendersGone, type Settlement, settleReadBack } from '../domain/settlement.ts';
import { changeDelivery } from '../models/delivery.ts';
import { openCredential } from './open-credential.ts';
import { endedAmong, proveDeaths } from './prove-deaths.ts';
import { publishRequest } from './publish-request.ts';
import { timesOf, wakeAt } from './publishing.ts';
import { recordEvent } from './record-event.ts';

/**
 * Looks at the network for a delivery whose outcome is unclear, and settles it as far as that allows. Returns null
 * when somebody else is looking.
 */
export async function reconcileDelivery(context: Context, unclear: Delivery): Promise<Delivery | null> {
  const leaseUntil = new Date(context.clock.now().getTime() + timesOf(context).leaseMs);
  const looking = await changeDelivery(unclear, {
    to: 'reconciling',
    set: { leaseUntil, nextAt: leaseUntil, incarnation: context.queue.name },
    isClaimed: true,
  });
  if (!looking) return null;
  const idempotency = context.platforms[looking.network]?.capabilities.idempotency ?? 'none';
  if (idempotency === 'none') {
    return save(context, looking, {
      state: 'needs-person',
      nextAt: null,
      problem: 'This network cannot be asked whether the post is there.',
    });
  }
  const found = await readBack(context, looking);
  const settlement = settleReadBack(looking, found, context.clock.now(), {
    times: timesOf(context),
    // An idempotency key is a belt and no proof: it is kept for an hour only, and some servers ignore it.
    isIdempotent: idempotency === 'record-key',
    areSendersGone: await sendersGone(context, looking),
  });
  return save(context, looking, settlement, found);
}

async function readBack(context: Context, looking: Delivery): Promise<ReadBackOutcome> {
  const platform = context.platforms[looking.network];
  const credential = platform && (await openCredential(context, looking.account));
  if (!platform || !credential) return { kind: 'failed', detail: 'The account is not connected.' };
  const step = stepOf(looking);
  const first = looking.attempts.find((attempt) => (attempt.step ?? 0) === step);
  const firstAt = first?.startedAt ?? looking.dueAt;
  const request = await publishRequest(looking);
  if ('missing' in request) return { kind: 'failed', detail: request.missing };
  return platform
    .readBack(credential, {
      ...request,
      sentAfter: new Date(firstAt.getTime() - CLOCK_SKEW_MS),
      signal: AbortSignal.timeout(timesOf(context).requestMs),
    })
    .catch((error: Error) => ({ kind: 'failed', detail: `The adapter failed (${error.name}).` }));
}

async function sendersGone(context: Context, { attempts }: Delivery): Promise<boolean> {
  const senders = attempts.filter(({ endedAt }) => endedAt === null).map(({ incarnation }) => incarnation);
  if (senders.length === 0) return true;
  await proveDeaths(context);
  return areSendersGone(attempts, await endedAmong(senders));
}

async function save(
  context: Context,
  looking: Delivery,
  { state: to, sentPart, ...set }: Settlement,
  found?: ReadBackOutcome,
): Promise<Delivery | null> {
  const detail = found?.kind === 'failed' ? found.detail : '';
  const at = context.clock.now();
  const settled = await changeDelivery(looking, {
    to,
    set: { ...set, leaseUntil: null },
    push: {
      ...(found ? { readBacks: { at, attempt: looking.attempts.length, result: found.kind, detail } } : {}),
      ...(sentPart ? { sent: sentPart } : {}),
    },
  });
  if (!settled) return null;
  if (settled.nextAt) await wakeAt(context, settled.lane, settled.nextAt);
  if (to !== 'reconciling') {
    const { _id, campaign, remoteId } = settled;
    const details = { outcome: found ? `read-back ${found.kind}` : 'no read-back', remoteId };
    const event = { actor: null, verb: `delivery ${to}`, subject: 'delivery', subjectId: _id };
    await recordEvent(context, { ...event, campaign, details });
  }
  return settled;
}
