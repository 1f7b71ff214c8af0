import { model, Schema, trusted, type UpdateQuery } from 'mongoose';
import {
  type Attempt,
  DELIVERY_STATES,
  type Delivery,
  type DeliveryState,
  MAYBE_LIVE_STATES,
  mayBecome,
  type ReadBack,
  type SentPart,
} from '../domain/delivery.ts';
import { NETWORKS, type Network } from '../domain/network.ts';
import { isDemo, optionalDate, optionalText, stringId, text } from './document.ts';
import { variantImage } from './message.ts';

const attempt = new Schema<Attempt>(
  {
    number: { type: Number, required: true },
    kind: { type: String, enum: ['publication', 'withdrawal'], required: true },
    fencingToken: { type: Number, required: true },
    incarnation: { type: String, required: true },
    step: Number,
    startedAt: { type: Date, required: true },
    endedAt: optionalDate,
    outcome: optionalText,
    detail: text,
  },
  { _id: false },
);

const readBack = new Schema<ReadBack>(
  {
    at: { type: Date, required: true },
    attempt: Number,
    result: { type: String, enum: ['found', 'absent', 'failed'], required: true },
    detail: text,
  },
  { _id: false },
);

const sentPart = new Schema<SentPart>(
  { remoteId: { type: String, required: true }, remoteUrl: optionalText, at: { type: Date, required: true } },
  { _id: false },
);

const required = { type: String, required: true };

const schema = new Schema<Delivery>(
  {
    _id: stringId,
    post: required,
    campaign: required,
    message: { ...required, index: true },
    variant: required,
    account: required,
    network: { ...required, enum: NETWORKS },
    language: required,
    arm: { type: String, default: undefined },
    text: required,
    parts: [String],
    images: [variantImage],
    sent: [sentPart],
    prepared: optionalText,
    preparedUntil: optionalDate,
    contentHash: required,
    lane: { type: Number, min: 0, max: 15, required: true },
    state: { ...required, enum: DELIVERY_STATES },
    rev: { type: Number, default: 1 },
    dueAt: { type: Date, required: true },
    nextAt: optionalDate,
    fencingToken: { type: Number, default: 0 },
    incarnation: optionalText,
    leaseUntil: optionalDate,
    claim: optionalText,
    attempts: [attempt],
    readBacks: [readBack],
    remoteId: optionalText,
    remoteUrl: optionalText,
    publishedAt: optionalDate,
    goneAt: optionalDate,
    problem: text,
    isDemo,
  },
  { timestamps: true, versionKey: false },
);
schema.index({ post: 1, account: 1 }, { unique: true });
schema.index({ lane: 1, state: 1, nextAt: 1 });
schema.index({ state: 1, nextAt: 1 });
schema.index({ state: 1, dueAt: 1 });
schema.index({ network: 1, dueAt: 1 });
schema.index({ account: 1, dueAt: 1 });
schema.index({ campaign: 1, state: 1 });

export const Deliveries = model('Delivery', schema, 'deliveries');

/** A delivery as somebody saw it: what a compare-and-set compares. */
export type SeenDelivery = Pick<Delivery, '_id' | 'state' | 'rev' | 'fencingToken'>;

export interface DeliveryChange {
  to: DeliveryState;
  set?: Partial<Delivery> & Record<`attempts.${number}.${keyof Attempt}`, unknown>;
  push?: { attempts?: Attempt; readBacks?: ReadBack; sent?: SentPart };
  /** A person changed it. */
  isRevised?: boolean;
  /** Somebody claimed it. */
  isClaimed?: boolean;
}

/**
 * Compare-and-set: changes the delivery only when it still is as it was seen. null: somebody else was first.
 * Throws when the table of states knows no such way.
 */
export function changeDelivery(seen: SeenDelivery, change: DeliveryChange): Promise<Delivery | null> {
  assertMayBecome(seen.state, change.to);
  const { _id, state, rev, fencingToken } = seen;
  return Deliveries.findOneAndUpdate({ _id, state, rev, fencingToken }, updateOf(change), {
    returnDocument: 'after',
  })
    .lean<Delivery>()
    .exec();
}

/** Claims all of these that still wait and are due until then, in one write; returns those that are now ours. */
export async function claimAll(
  ids: readonly string[],
  from: readonly DeliveryState[],
  claim: { _id: string; incarnation: string; until: Date; leaseUntil: Date },
): Promise<Delivery[]> {
  const guard = {
    _id: trusted({ $in: [...ids] }),
    state: trusted({ $in: [...from] }),
    nextAt: trusted({ $lte: claim.until }),
  };
  const { _id, incarnation, leaseUntil } = claim;
  await Deliveries.updateMany(guard, {
    $set: { state: 'claimed', claim: _id, incarnation, leaseUntil, nextAt: leaseUntil },
    $inc: { fencingToken: 1 },
  });
  return Deliveries.find({ _id: trusted({ $in: [...ids] }), claim: _id, state: 'claimed' })
    .sort({ dueAt: 1, _id: 1 })
    .batchSize(ids.length)
    .lean<Delivery[]>();
}

/**
 * Records an acceptance of one part whatever the fencing token says by now, unless the delivery is in none of these
 * states any more or the part is on record as sent.
 */
export function acceptLate(
  { _id, parts = [], sent = [] }: Pick<Delivery, '_id' | 'parts' | 'sent'>,
  { from, set, part }: { from: readonly DeliveryState[]; set: Partial<Delivery>; part: SentPart | undefined },
): Promise<Delivery | null> {
  const isOpen = parts.length > 0 ? { [`sent.${sent.length}`]: trusted({ $exists: false }) } : {};
  return Deliveries.findOneAndUpdate(
    { _id, state: trusted({ $in: [...from] }), ...isOpen },
    { $set: set, ...(part ? { $push: { sent: part } } : {}), $inc: { fencingToken: 1 } },
    { returnDocument: 'after' },
  )
    .lean<Delivery>()
    .exec();
}

/** Lets a sender write the end into its own attempt after somebody else has taken the delivery over. */
export async function endAttempt(
  { _id, attempts }: Pick<Delivery, '_id' | 'attempts'>,
  set: DeliveryChange['set'],
): Promise<void> {
  const own = attempts.at(-1);
  if (!own || !set) return;
  const guard = { _id, [`attempts.${attempts.length - 1}.fencingToken`]: own.fencingToken };
  await Deliveries.updateOne(guard, { $set: set });
}

const AROUND_MS = 30 * 24 * 60 * 60_000;

/**
 * What the accounts of a network say within thirty days of a time; what never left or was taken back is left out.
 * All of it, or the latest `most`.
 */
export function textsAround(
  network: Network,
  dueAt: Date,
  { most = 0, ...except }: { post?: string; message?: string; most?: number } = {},
): Promise<Pick<Delivery, 'account' | 'text' | 'parts' | 'dueAt'>[]> {
  const from = new Date(dueAt.getTime() - AROUND_MS);
  const to = new Date(dueAt.getTime() + AROUND_MS);
  return Deliveries.find({
    network,
    dueAt: trusted({ $gte: from, $lte: to }),
    state: trusted({ $nin: ['cancelled', 'failed', 'withdrawn'] }),
    ...(except.post ? { post: trusted({ $ne: except.post }) } : {}),
    ...(except.message ? { message: trusted({ $ne: except.message }) } : {}),
  })
    .select({ account: 1, text: 1, parts: 1, dueAt: 1 })
    .sort({ dueAt: -1 })
    .limit(most)
    .lean<Pick<Delivery, 'account' | 'text' | 'parts' | 'dueAt'>[]>()
    .exec();
}

/** Throws when the table of states knows no such way. */
export function assertMayBecome(from: DeliveryState, to: DeliveryState): void {
  if (!mayBecome(from, to)) throw new Error(`A delivery that is ${from} cannot become ${to}.`);
}

/** As the database takes it. */
export function updateOf({ to, set, push, isRevised, isClaimed }: DeliveryChange): UpdateQuery<Delivery> {
  const inc = { ...(isRevised ? { rev: 1 } : {}), ...(isClaimed ? { fencingToken: 1 } : {}) };
  return {
    $set: { ...set, state: to },
    ...(push && Object.keys(push).length > 0 ? { $push: push } : {}),
    ...(Object.keys(inc).length > 0 ? { $inc: inc } : {}),
  };
}

/** Deliveries of these messages that the networks may be showing although nobody knows: on their way, or unclear. */
export function maybeLive(messages: readonly string[]): Promise<Delivery[]> {
  return Deliveries.find({
    message: trusted({ $in: [...messages] }),
    $or: [
      { state: trusted({ $in: [...MAYBE_LIVE_STATES] }) },
      // Between two parts of a thread: what was sent of it is live.
      { state: 'claimed', 'sent.0': trusted({ $exists: true }) },
    ],
  })
    .sort({ dueAt: -1 })
    .lean<Delivery[]>()
    .exec();
}
