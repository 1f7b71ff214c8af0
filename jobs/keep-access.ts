import { keepAccess as run } from '../server/actions/keep-access.ts';
import type { Context } from '../server/context.ts';
import type { Handlers } from '../server/queue.ts';

/** Keeps the access of silent accounts alive. */
export function keepAccess(context: Context): Handlers['keep-access'] {
  return async () => run(context);
}
