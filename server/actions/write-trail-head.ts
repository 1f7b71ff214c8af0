import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { CHAIN_START } from '../domain/trail.ts';
import { HEADS_FILE, headLine, readHeads } from '../domain/trail-head.ts';
import { TrailEvents } from '../models/trail.ts';

/**
 * Writes down, outside the database, where the audit trail ends now. Nothing is written when it has not grown;
 * a trail that is shorter than it was is reported in the log, for the file already proves it.
 */
export async function writeTrailHead({ clock, config, log, vault }: Context): Promise<void> {
  const file = join(config.dataDir, HEADS_FILE);
  const { heads } = readHeads(existsSync(file) ? await readFile(file, 'utf8') : '', vault.mac);
  const last = heads.at(-1) ?? CHAIN_START;
  const end = await TrailEvents.findOne().sort({ sequence: -1 }).select('sequence hash').lean();
  const { sequence, hash } = end ?? CHAIN_START;
  if (sequence < last.sequence) {
    log.error({ sequence, expected: last.sequence }, 'audit trail is shorter than it was: run audit:verify');
    return;
  }
  if (sequence === last.sequence) return;
  await appendFile(file, headLine({ at: clock.now(), sequence, hash }, vault.mac), {
    mode: 0o600,
    flush: true,
  });
}
