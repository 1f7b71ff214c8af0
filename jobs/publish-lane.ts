import { publishLane as publish } from '../server/actions/publish-lane.ts';
import type { Context } from '../server/context.ts';
import type { Handlers } from '../server/queue.ts';

/** Wakes one lane; what is due is in the deliveries, not in the job. */
export function publishLane(context: Context): Handlers['publish-lane'] {
  return async ({ lane }, signal) => publish(context, { lane }, signal);
}
