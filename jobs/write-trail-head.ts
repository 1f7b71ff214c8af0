import { writeTrailHead as run } from '../server/actions/write-trail-head.ts';
import type { Context } from '../server/context.ts';
import type { Handlers } from '../server/queue.ts';

/** Keeps outside the database where the audit trail ends. */
export function writeTrailHead(context: Context): Handlers['write-trail-head'] {
  return async () => run(context);
}
