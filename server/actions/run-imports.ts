import { randomUUID } from 'node:crypto';
import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { type Import, WORKING_STATES } from '../domain/import.ts';
import { Imports } from '../models/import.ts';
import { IMPORT_LEASE_MS, runFile } from './run-file.ts';
import { undoEntries } from './undo-entries.ts';

/**
 * Works on the imports that wait, the oldest first and one after the other, until none is left or the signal says
 * to stop. What another worker has taken up is left to it, until it is silent for longer than its lease.
 */
export async function runImports(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const taken = await takeUp(context);
    if (!taken) return;
    // One that cannot be worked on holds up no other: its lease keeps it away until the next round.
    await workOn(context, taken, signal).catch((error: Error) => {
      context.log.error({ err: error, import: taken._id }, 'import broke off');
    });
  }
}

function workOn(context: Context, taken: Import, signal: AbortSignal): Promise<void> {
  return taken.state === 'undoing' ? undoEntries(taken) : runFile(context, taken, signal);
}

async function takeUp({ clock }: Context): Promise<Import | null> {
  const now = clock.now();
  const free = [{ claimedUntil: null }, { claimedUntil: trusted({ $lte: now }) }];
  return Imports.findOneAndUpdate(
    { state: trusted({ $in: [...WORKING_STATES] }), $or: free },
    { $set: { claimedBy: randomUUID(), claimedUntil: new Date(now.getTime() + IMPORT_LEASE_MS) } },
    { sort: { createdAt: 1 }, returnDocument: 'after' },
  ).lean<Import>();
}
