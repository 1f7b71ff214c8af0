import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { trusted } from 'mongoose';
import { Conflict } from '../errors.ts';
import { isDuplicateKey } from '../models/duplicate-key.ts';
import { Turns } from '../models/turn.ts';

/** Longer than any of this work lasts; whoever dies while it is their turn holds the others up no longer. */
const TURN_MS = 15_000;
const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 15;

/**
 * Does work that looks first and writes then while nobody else, in any process, does the same about one of these
 * things. What comes `after` needs no turn: it is done while the turn is given back. Throws Conflict when the turn
 * does not come. The clock is the machine's: turns are short.
 */
export async function takeTurns<Result>(
  about: readonly string[],
  work: () => Promise<Result>,
  after: (result: Result) => Promise<unknown> = async () => undefined,
): Promise<Result> {
  const holder = randomUUID();
  // Always in one order, so that nobody waits for somebody who waits for them.
  const things = [...new Set(about)].sort();
  const giveBack = () => Turns.deleteMany({ _id: trusted({ $in: things }), holder });
  const result = await takeAll(things, holder)
    .then(work)
    .catch(async (error) => {
      await giveBack();
      throw error;
    });
  await Promise.all([giveBack(), after(result)]);
  return result;
}

async function takeAll(things: readonly string[], holder: string): Promise<void> {
  for (const thing of things) await takeTurn(thing, holder);
}

async function takeTurn(thing: string, holder: string): Promise<void> {
  const patience = performance.now() + PATIENCE_MS;
  while (!(await tryTurn(thing, holder))) {
    if (performance.now() > patience) {
      throw new Conflict('Somebody else is at it. Wait a moment and try again.');
    }
    await wait(LOOK_AGAIN_MS);
  }
}

async function tryTurn(thing: string, holder: string): Promise<boolean> {
  const now = Date.now();
  try {
    await Turns.updateOne(
      { _id: thing, until: trusted({ $lt: new Date(now) }) },
      { $set: { holder, until: new Date(now + TURN_MS) } },
      { upsert: true },
    );
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
