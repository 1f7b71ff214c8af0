import type { Context } from '../context.ts';
import { signedText, type TrailEvent } from '../domain/trail.ts';
import { Credentials } from '../models/credential.ts';
import { type KeyMark, KeyMarks } from '../models/key-mark.ts';
import { TrailEvents } from '../models/trail.ts';

/**
 * How a secret key stands to the connected database. `unused`: nothing in it needs a key yet. `missing`: there is no
 * key, and something needs it. `other`: it was written under another one.
 */
export type KeyStanding = 'unused' | 'fits' | 'missing' | 'other';

/** Whether this vault's key, or none, is the one that the database was written under. */
export async function keyStanding(
  vault: Pick<Context['vault'], 'keyId' | 'mac'> | null,
): Promise<KeyStanding> {
  const mark = await KeyMarks.findById('secret-key').lean<KeyMark>();
  if (mark) return !vault ? 'missing' : mark.keyId === vault.keyId ? 'fits' : 'other';
  // No mark: nothing has been written yet, or by a version that set none.
  const credential = await Credentials.findOne().select('keyId').lean();
  const ends = await Promise.all([1, -1].map((order) => endOfTrail(order as 1 | -1)));
  const entries = ends.filter((entry) => entry !== null);
  if (!credential && entries.length === 0) return 'unused';
  if (!vault) return 'missing';
  const isOurs =
    credential?.keyId === vault.keyId || entries.some((entry) => vault.mac(signedText(entry)) === entry.hash);
  return isOurs ? 'fits' : 'other';
}

const endOfTrail = (order: 1 | -1) => TrailEvents.findOne().sort({ sequence: order }).lean<TrailEvent>();
