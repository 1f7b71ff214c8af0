import { sweepDeliveries as run } from '../server/actions/sweep-deliveries.ts';
import type { Context } from '../server/context.ts';
import type { Handlers } from '../server/queue.ts';

/** Puts right what a crash left behind and sets the alarms of the near future. */
export function sweepDeliveries(context: Context): Handlers['sweep-deliveries'] {
  return async () => run(context);
}
