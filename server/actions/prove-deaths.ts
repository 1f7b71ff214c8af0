import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { Incarnations } from '../models/incarnation.ts';
import { isProvenGone } from '../process-identity.ts';

/**
 * Ends every incarnation whose process is proven to be gone, frees the alarms it had locked, and returns their
 * ids. An incarnation that is merely silent stays as it is.
 */
export async function proveDeaths(context: Pick<Context, 'clock' | 'queue'>): Promise<string[]> {
  const open = await Incarnations.find({
    endedAt: null,
    _id: trusted({ $ne: context.queue.name }),
  }).lean();
  const dead = open.filter((incarnation) => isProvenGone(incarnation)).map(({ _id }) => _id);
  if (dead.length === 0) return [];
  await context.queue.freeLocks(dead);
  await Incarnations.updateMany(
    { _id: trusted({ $in: dead }), endedAt: null },
    { $set: { endedAt: context.clock.now() } },
  );
  return dead;
}

/** Which of these incarnations have ended, by a clean exit or by proof. */
export async function endedAmong(ids: readonly (string | null)[]): Promise<Set<string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  const ended = await Incarnations.find({
    _id: trusted({ $in: wanted }),
    endedAt: trusted({ $ne: null }),
  })
    .select({ _id: 1 })
    .lean();
  return new Set(ended.map(({ _id }) => _id));
}
