import { continueWithdrawals as run } from '../server/actions/continue-withdrawals.ts';
import type { Context } from '../server/context.ts';
import type { Handlers } from '../server/queue.ts';

/** Goes on taking back the campaigns that are being withdrawn. */
export function continueWithdrawals(context: Context): Handlers['continue-withdrawals'] {
  return async (_payload, signal) => run(context, signal);
}
