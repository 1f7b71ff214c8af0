import { trusted } from 'mongoose';
import { type Import, stateAfter } from '../domain/import.ts';
import { Answers } from '../models/answer.ts';
import { Imports } from '../models/import.ts';
import { ImportBatches } from '../models/import-batch.ts';
import { Narratives } from '../models/narrative.ts';
import { NearDuplicates } from '../models/near-duplicate.ts';

/** Takes an import's entries out of the library, batch by batch; what is gone already is no matter. */
export async function undoEntries({ _id, run, state }: Import): Promise<void> {
  for await (const { answers, narratives } of ImportBatches.find({ import: _id, run }).lean().cursor()) {
    await Answers.deleteMany({ _id: trusted({ $in: answers }) });
    await Narratives.deleteMany({ _id: trusted({ $in: narratives }) });
    await NearDuplicates.deleteMany({ pair: trusted({ $in: [...answers, ...narratives] }) });
  }
  const released = { claimedBy: null, claimedUntil: null };
  await Imports.updateOne({ _id, state }, { $set: { state: stateAfter(state, 'finish'), ...released } });
}
