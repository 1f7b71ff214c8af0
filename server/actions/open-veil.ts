import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { CAP_AT_FIRST, type Exposure, isCapReached, sameOpeningSince } from '../domain/exposure.ts';
import type { Member } from '../domain/member.ts';
import { dayOf } from '../domain/period.ts';
import { isDuplicateKey } from '../models/duplicate-key.ts';
import {
  ExposureCaps,
  ExposureDays,
  exposureIds,
  exposureKeptUntil,
  OpenedThings,
} from '../models/exposure.ts';

export interface OpenVeilInput {
  /** What stands behind the veil, by a fingerprint that says nothing of it. */
  thing: string;
  /** The member was asked to take a break and goes on, or has seen it already. */
  isAllTheSame: boolean;
}

/**
 * Counts that a member opens something harmful, for the member's own eyes: it is in no trail, and nobody's role reads
 * it (domain rule 9). The same thing within an hour counts once. Returns null when it may be opened, or where the
 * member stands when the cap asks for a break first; nothing is counted then.
 */
export async function openVeil(
  { clock, vault }: Context,
  member: Pick<Member, '_id' | 'timeZone'>,
  { thing, isAllTheSame }: OpenVeilInput,
): Promise<Exposure | null> {
  const now = clock.now();
  const ids = exposureIds(vault, member._id);
  const [thingId, dayId] = [ids.thing(thing), ids.day(dayOf(now, member.timeZone))];
  const lately = trusted({ $gt: sameOpeningSince(now) });
  if (await OpenedThings.exists({ _id: thingId, at: lately })) return null;

  const [today, chosen] = await Promise.all([
    ExposureDays.findById(dayId).lean(),
    ExposureCaps.findById(ids.cap).lean(),
  ]);
  const exposure = { openedToday: today?.count ?? 0, cap: chosen ? chosen.cap : CAP_AT_FIRST };
  if (isCapReached(exposure) && !isAllTheSame) return exposure;

  if (await isNewOpening(thingId, now)) {
    await ExposureDays.updateOne(
      { _id: dayId },
      { $inc: { count: 1 }, $setOnInsert: { expiresAt: exposureKeptUntil('day') } },
      { upsert: true },
    );
  }
  return null;
}

/** Only one of two windows that open the same thing at once is told yes. */
async function isNewOpening(thingId: string, now: Date): Promise<boolean> {
  try {
    await OpenedThings.updateOne(
      { _id: thingId, at: trusted({ $lte: sameOpeningSince(now) }) },
      { $set: { at: now, expiresAt: exposureKeptUntil('thing') } },
      { upsert: true },
    );
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
