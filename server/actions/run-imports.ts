import { randomUUID } from 'node:crypto';
import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { type Import, MOST_IMPORT_ATTEMPTS, WORKING_STATES } from '../domain/import.ts';
import { Imports } from '../models/import.ts';
import { endRun, IMPORT_LEASE_MS, runFile } from './run-file.ts';
import { undoEntries } from './undo-entries.ts';

/**
 * Works on the imports that wait, the oldest first and one after the other, until none is left or the signal says
 * to stop. What another worker has taken up is left to it, until it is silent for longer than its lease. One that
 * breaks off again and again without getting on fails, with what to do about it.
 */
export async function runImports(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const taken = await takeUp(context);
    if (!taken) return;
    // A process that died of it has said nothing, so that its attempts are seen here only.
    if (taken.attempts > MOST_IMPORT_ATTEMPTS) {
      await giveUp(context, taken);
      continue;
    }
    // One that cannot be worked on holds up no other: its lease keeps it away until the next round.
    await workOn(context, taken, signal).catch(async (error: Error) => {
      const { _id, attempts } = taken;
      context.log.error({ err: error, import: _id, attempts }, 'import broke off');
      const now = await Imports.findById(_id).lean<Import>();
      if (now && now.attempts >= MOST_IMPORT_ATTEMPTS)
        await giveUp(context, { ...now, claimedBy: taken.claimedBy });
    });
  }
}

async function giveUp(context: Context, taken: Import): Promise<void> {
  const values = { attempts: MOST_IMPORT_ATTEMPTS, row: taken.counts.rows };
  context.log.error({ import: taken._id, ...values }, 'import given up');
  await endRun(context, taken, {
    counts: taken.counts,
    step: 'fail',
    failure: { rule: taken.state === 'undoing' ? 'import-undo-breaks' : 'import-keeps-breaking', values },
  });
}

function workOn(context: Context, taken: Import, signal: AbortSignal): Promise<void> {
  return taken.state === 'undoing' ? undoEntries(taken) : runFile(context, taken, signal);
}

async function takeUp({ clock }: Context): Promise<Import | null> {
  const now = clock.now();
  const free = [{ claimedUntil: null }, { claimedUntil: trusted({ $lte: now }) }];
  return Imports.findOneAndUpdate(
    { state: trusted({ $in: [...WORKING_STATES] }), $or: free },
    {
      $set: { claimedBy: randomUUID(), claimedUntil: new Date(now.getTime() + IMPORT_LEASE_MS) },
      $inc: { attempts: 1 },
    },
    { sort: { createdAt: 1 }, returnDocument: 'after' },
  ).lean<Import>();
}
