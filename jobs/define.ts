import type { Context } from '../server/context.ts';
import type { Handlers } from '../server/queue.ts';
import { continueWithdrawals } from './continue-withdrawals.ts';
import { expireReplyTexts } from './expire-reply-texts.ts';
import { indexLibrary } from './index-library.ts';
import { keepAccess } from './keep-access.ts';
import { measureDeliveries } from './measure-deliveries.ts';
import { publishLane } from './publish-lane.ts';
import { runImports } from './run-imports.ts';
import { sweepDeliveries } from './sweep-deliveries.ts';
import { writeTrailHead } from './write-trail-head.ts';

/** Every job with what runs it. Typed over the payloads: a job without a handler does not compile. */
export function defineJobs(context: Context): Handlers {
  return {
    'publish-lane': publishLane(context),
    'sweep-deliveries': sweepDeliveries(context),
    'measure-deliveries': measureDeliveries(context),
    'continue-withdrawals': continueWithdrawals(context),
    'expire-reply-texts': expireReplyTexts(context),
    'write-trail-head': writeTrailHead(context),
    'keep-access': keepAccess(context),
    'index-library': indexLibrary(),
    'run-imports': runImports(context),
  };
}
