import type { Context } from '../context.ts';
import type { Home } from '../domain/account.ts';
import { PUBLISHING_TIMES, type PublishingTimes } from '../domain/publishing-times.ts';
import { CrisisPauses } from '../models/crisis-pause.ts';

/** What every action of publishing asks of the context. */
export function timesOf(context: Pick<Context, 'publishingTimes'>): PublishingTimes {
  return context.publishingTimes ?? PUBLISHING_TIMES;
}

/** Accounts of the other home never publish from this installation. */
export function homeOf(context: Pick<Context, 'config'>): Home {
  return context.config.rehearsal ? 'rehearsal' : 'live';
}

/** Sets the alarm of a lane for what is due then, when that is near; alarms further ahead are set by the sweep. */
export async function wakeAt(
  context: Pick<Context, 'clock' | 'queue' | 'publishingTimes'>,
  lane: number,
  at: Date,
): Promise<void> {
  const { horizonMs, leadMs } = timesOf(context);
  if (at.getTime() > context.clock.now().getTime() + horizonMs) return;
  await context.queue.wakeLane(lane, new Date(at.getTime() - leadMs));
}

/** Whether a crisis pause is on. */
export async function isPaused(): Promise<boolean> {
  return (await CrisisPauses.exists({ endedAt: null })) !== null;
}
