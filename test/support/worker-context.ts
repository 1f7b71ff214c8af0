import mongoose from 'mongoose';
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { PUBLISHING_TIMES, type PublishingTimes } from '../../server/domain/publishing-times.ts';
import { openLog } from '../../server/log.ts';
import { openPlatforms } from '../../server/platforms/index.ts';
import { openQueue } from '../../server/queue.ts';
import type { Vault } from '../../server/vault.ts';

/** Waits that a test can sit out. */
export const SHORT_TIMES: PublishingTimes = {
  ...PUBLISHING_TIMES,
  requestMs: 2_000,
  leaseMs: 4_000,
  settleMs: 500,
  secondLookMs: 500,
  repeatLookMs: 500,
  backOffMs: 200,
  backOffCapMs: 1_000,
};

/**
 * What a worker process has, with the real queue, clock and adapters. Waits are short unless it is to be as in
 * real life. Needs a connected mongoose.
 */
export async function workerContext(
  rehearsalUrl: string,
  vault: Vault,
  { asInRealLife = false } = {},
): Promise<Context> {
  const config = readConfig({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' });
  const log = openLog(config);
  const rehearsal = { x: rehearsalUrl, mastodon: rehearsalUrl, bluesky: rehearsalUrl };
  return {
    config,
    log,
    clock: systemClock,
    queue: await openQueue({
      log,
      connection: mongoose.connection,
      ...(asInRealLife ? {} : { processEveryMs: 200 }),
    }),
    vault,
    rehearsal,
    platforms: openPlatforms({ rehearsal }),
    publishingTimes: asInRealLife ? PUBLISHING_TIMES : SHORT_TIMES,
  };
}
