import { measureDeliveries as run } from '../server/actions/measure-deliveries.ts';
import type { Context } from '../server/context.ts';
import type { Handlers } from '../server/queue.ts';

/** Takes the public figures and the replies of what is published. */
export function measureDeliveries(context: Context): Handlers['measure-deliveries'] {
  return async () => run(context);
}
