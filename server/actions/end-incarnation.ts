import type { Context } from '../context.ts';
import { Incarnations } from '../models/incarnation.ts';

/** Writes down a clean exit: nothing of this process is on its way to a network any more. */
export async function endIncarnation(context: Context): Promise<void> {
  const endedAt = context.clock.now();
  await Incarnations.updateOne({ _id: context.queue.name, endedAt: null }, { $set: { endedAt } });
}
