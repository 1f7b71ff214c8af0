import { type QueryFilter, trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { ageMinutesOf, MEASURED_FOR_MINUTES, nextMeasurementAt } from '../domain/measurement.ts';
import { Accounts } from '../models/account.ts';
import { Deliveries } from '../models/delivery.ts';
import { newId } from '../models/document.ts';
import { lastTakenAt, Measurements } from '../models/measurement.ts';
import { collectReplies } from './collect-replies.ts';
import { openCredential } from './open-credential.ts';
import { homeOf } from './publishing.ts';
import { recordEvent } from './record-event.ts';

type Published = Delivery & { remoteId: string; publishedAt: Date };
type Platform = NonNullable<Context['platforms'][Delivery['network']]>;
type Measured = Extract<Awaited<ReturnType<Platform['measure']>>, { kind: 'measured' }>;

const MOST_AT_ONCE = 100;

/**
 * Takes the figures, and the replies, of every published delivery whose turn has come. Several processes may do
 * it at once: a figure of one minute is stored once. What a network does not tell now is asked the next time.
 */
export async function measureDeliveries(context: Context): Promise<void> {
  const unread = await measure(context, await dueDeliveries(context.clock.now()));
  for (const { handle, detail } of unread) context.log.warn({ handle, detail }, 'figures could not be read');
}

/** An account whose figures could not be read, and what its network said. */
export interface Unread {
  handle: string;
  detail: string;
}

/** Reads figures and replies of these deliveries, accounts side by side. Returns the accounts that gave none. */
export async function measure(context: Context, deliveries: readonly Published[]): Promise<Unread[]> {
  const accounts = await Accounts.find({
    _id: trusted({ $in: [...new Set(deliveries.map(({ account }) => account))] }),
    home: homeOf(context),
    state: trusted({ $in: ['enabled', 'paused'] }),
  }).lean();
  const details = await Promise.all(
    accounts.map((account) =>
      measureAccount(
        context,
        account,
        deliveries.filter((delivery) => delivery.account === account._id),
      ),
    ),
  );
  return accounts.flatMap(({ handle }, index) => {
    const detail = details[index];
    return detail ? [{ handle, detail }] : [];
  });
}

/** Published deliveries that networks still give figures of: at most a month old, and still there. */
export function measurableDeliveries(now: Date, where: QueryFilter<Delivery> = {}): Promise<Published[]> {
  const oldest = new Date(now.getTime() - MEASURED_FOR_MINUTES * 60_000);
  return Deliveries.find({
    ...where,
    state: 'published',
    goneAt: null,
    publishedAt: trusted({ $gte: oldest }),
  })
    .select({ attempts: 0, readBacks: 0 })
    .lean<Published[]>();
}

async function dueDeliveries(now: Date): Promise<Published[]> {
  const published = await measurableDeliveries(now);
  const taken = await lastTakenAt(published.map(({ _id }) => _id));
  return published.filter(({ _id, publishedAt }) => {
    const next = nextMeasurementAt(publishedAt, taken.get(_id) ?? null, now);
    return next !== null && next <= now;
  });
}

/** Returns what went wrong, or null. */
async function measureAccount(
  context: Context,
  { _id, network }: { _id: string; network: Delivery['network'] },
  due: readonly Published[],
): Promise<string | null> {
  const platform = context.platforms[network];
  const credential = platform && (await openCredential(context, _id));
  if (!platform || !credential) return 'the account is not connected';
  for (let start = 0; start < due.length; start += MOST_AT_ONCE) {
    const batch = due.slice(start, start + MOST_AT_ONCE);
    const outcome = await platform.measure(
      credential,
      batch.map(({ remoteId }) => remoteId),
    );
    if (outcome.kind !== 'measured') return outcome.kind === 'limited' ? 'rate limit' : outcome.detail;
    await store(context, batch, outcome);
    const answered = batch.filter(({ remoteId }) => outcome.byRemoteId.get(remoteId)?.replies !== 0);
    await collectReplies(context, { platform, credential, deliveries: answered.filter(isThere(outcome)) });
  }
  return null;
}

const isThere = (outcome: Measured) => (delivery: Published) => outcome.byRemoteId.has(delivery.remoteId);

async function store(context: Context, batch: readonly Published[], outcome: Measured): Promise<void> {
  const takenAt = wholeMinute(context.clock.now());
  const there = batch.flatMap((delivery) => {
    const measures = outcome.byRemoteId.get(delivery.remoteId);
    return measures ? [{ delivery, measures }] : [];
  });
  const writes = there.map(({ delivery, measures }) => {
    const { _id, post, campaign, message, variant, account, network, publishedAt, isDemo } = delivery;
    const ageMinutes = ageMinutesOf(publishedAt, takenAt);
    const facts = {
      _id: newId(),
      post,
      campaign,
      message,
      variant,
      account,
      network,
      ageMinutes,
      isDemo,
      ...measures,
    };
    const filter = { delivery: _id, takenAt };
    return { updateOne: { filter, update: { $setOnInsert: facts }, upsert: true } };
  });
  if (writes.length > 0) await Measurements.bulkWrite(writes, { ordered: false });
  for (const delivery of batch.filter((one) => !isThere(outcome)(one))) await noteGone(context, delivery);
}

/** Taken down by the network, or by hand: no longer measured, and the trail says since when. */
async function noteGone(context: Context, { _id, campaign, remoteId }: Published): Promise<void> {
  const noted = await Deliveries.updateOne(
    { _id, state: 'published', goneAt: null },
    { $set: { goneAt: context.clock.now() } },
  );
  if (noted.modifiedCount === 0) return;
  const event = { actor: null, verb: 'post gone from the network', subject: 'delivery', subjectId: _id };
  await recordEvent(context, { ...event, campaign, details: { remoteId } });
}

function wholeMinute(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000);
}
