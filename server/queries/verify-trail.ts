import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import {
  CHAIN_START,
  type ChainEnd,
  faultOf,
  type Mac,
  signedText,
  type TrailEvent,
  type TrailFault,
} from '../domain/trail.ts';
import { HEADS_FILE, readHeads } from '../domain/trail-head.ts';
import { TrailEvents } from '../models/trail.ts';

export interface TrailVerdict {
  /** How many entries were found to be as they were written, from the first on. */
  entries: number;
  /** The first thing that is wrong with the trail; null when it is unbroken. */
  fault: TrailFault | null;
  /** How many heads the trail was held against. */
  heads: number;
  /**
   * The first entry that the key signed; null when it signed none that is there. So a key that is not the right one,
   * or not any more, is told from tampering.
   */
  fitsFrom: number | null;
  /** The first line of the file of heads that is not ours; null when all are. */
  brokenHeadLine: number | null;
}

/**
 * Walks the whole audit trail, one entry at a time, and holds it against the heads that were kept outside the
 * database. Entries that are written meanwhile are walked too.
 */
export async function verifyTrail({
  config,
  vault,
}: Pick<Context, 'config' | 'vault'>): Promise<TrailVerdict> {
  const file = join(config.dataDir, HEADS_FILE);
  const text = existsSync(file) ? await readFile(file, 'utf8') : '';
  const { heads, brokenLine } = readHeads(text, vault.mac);
  const hashAt = new Map(heads.map(({ sequence, hash }) => [sequence, hash]));

  let previous: ChainEnd = CHAIN_START;
  let fault: TrailFault | null = null;
  for await (const [entry, next] of inPairs(
    TrailEvents.find().sort({ sequence: 1 }).lean<TrailEvent[]>().cursor(),
  )) {
    fault = faultOf(entry, { previous, next }, vault.mac) ?? replacedFault(entry, hashAt);
    if (fault) break;
    previous = entry;
  }
  const lastHead = Math.max(0, ...hashAt.keys());
  if (!fault && lastHead > previous.sequence) fault = { kind: 'cut-off', sequence: previous.sequence + 1 };
  const fitsFrom =
    fault && fault.kind !== 'cut-off' && previous.sequence === 0 ? await firstThatFits(vault.mac) : 1;
  return { entries: previous.sequence, fault, fitsFrom, heads: heads.length, brokenHeadLine: brokenLine };
}

/** The number of the first entry that this key signed; null when it signed none. */
async function firstThatFits(mac: Mac): Promise<number | null> {
  for await (const entry of TrailEvents.find().sort({ sequence: 1 }).lean<TrailEvent[]>().cursor())
    if (mac(signedText(entry)) === entry.hash) return entry.sequence;
  return null;
}

/** A whole trail may be rewritten by whoever has the key; not the heads that were copied elsewhere. */
function replacedFault(
  { sequence, hash }: TrailEvent,
  hashAt: ReadonlyMap<number, string>,
): TrailFault | null {
  const known = hashAt.get(sequence);
  return known === undefined || known === hash ? null : { kind: 'replaced', sequence };
}

/** Each entry with the one after it; null after the last. */
async function* inPairs(entries: AsyncIterable<TrailEvent>): AsyncGenerator<[TrailEvent, TrailEvent | null]> {
  let held: TrailEvent | null = null;
  for await (const entry of entries) {
    if (held) yield [held, entry];
    held = entry;
  }
  if (held) yield [held, null];
}
