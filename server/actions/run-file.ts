import type { Context } from '../context.ts';
import { openRowReader } from '../domain/import/read-row.ts';
import type { ReadRow } from '../domain/import/row.ts';
import {
  type Import,
  type ImportCounts,
  type ImportState,
  MOST_IMPORT_ISSUES,
  MOST_IMPORT_ROWS,
  NO_COUNTS,
  stateAfter,
} from '../domain/import.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { isDuplicateKey } from '../models/duplicate-key.ts';
import { Imports } from '../models/import.ts';
import { batchId, ImportBatches } from '../models/import-batch.ts';
import { ImportChunks } from '../models/import-chunk.ts';
import { type RowOfFile, readRows } from '../models/import-rows.ts';
import { type Brought, importBatch } from './import-batch.ts';
import { recordImport } from './record-import.ts';

/** A worker that says nothing for this long is taken for dead, and its import is taken up by another. */
export const IMPORT_LEASE_MS = 15_000;
const BATCH_ROWS = 100;
/** Batches on record are only read again, for what was said in them; so many pass quickly. */
const SKIPPED_IN_ONE_GO = 20;
interface Progress extends Brought {
  /** The batch that comes next; those before it are on record. */
  next: number;
  counts: ImportCounts;
  issues: number;
}

/**
 * Reads the file of an import from its beginning, for a dry run or for good, and goes on behind the last batch on
 * record. Stops when the import was cancelled or taken up by another worker, and when the signal says so.
 */
export async function runFile(context: Context, taken: Import, signal: AbortSignal): Promise<void> {
  const progress = await readProgress(taken);
  try {
    let number = 0;
    for await (const { rows, readBytes } of batchesOf(taken)) {
      const isNew = number >= progress.next;
      if (isNew) await runBatch(context, taken, { rows, number, progress });
      number += 1;
      if (!isNew && number % SKIPPED_IN_ONE_GO !== 0) continue;
      const got = isNew ? { attempts: 0 } : {};
      if (!(await keep(context, taken, { readBytes, counts: progress.counts, ...got }))) return;
      if (isNew && signal.aborted) return await letGo(taken);
    }
    await endRun(context, taken, { counts: progress.counts, step: 'finish' });
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error;
    const { rule, values } = error;
    await endRun(context, taken, { counts: progress.counts, step: 'fail', failure: { rule, values } });
  }
}

async function readProgress({ _id, run }: Import): Promise<Progress> {
  const progress: Progress = {
    next: 0,
    counts: { ...NO_COUNTS },
    issues: 0,
    answers: new Set(),
    narratives: new Set(),
  };
  for await (const batch of ImportBatches.find({ import: _id, run }).sort({ number: 1 }).lean().cursor()) {
    progress.next = batch.number + 1;
    progress.issues += batch.issues.length;
    addTo(progress.counts, batch.counts);
    for (const id of batch.answers) progress.answers.add(id);
    for (const id of batch.narratives) progress.narratives.add(id);
  }
  return progress;
}

function addTo(sum: ImportCounts, counts: ImportCounts): void {
  for (const key of Object.keys(sum) as (keyof ImportCounts)[]) sum[key] += counts[key];
}

/** Batches begin at the same rows whenever the file is read. */
async function* batchesOf(file: Import): AsyncGenerator<{ rows: ReadRow[]; readBytes: number }> {
  const read = openRowReader(file.settings);
  let rows: ReadRow[] = [];
  let last: RowOfFile | undefined;
  for await (last of readRows(file)) {
    if (last.row.entry > MOST_IMPORT_ROWS) {
      const values = { limit: MOST_IMPORT_ROWS };
      throw new RuleViolation('import-too-many-rows', 'This file has too many rows.', { values });
    }
    rows.push(read(last.row));
    if (rows.length < BATCH_ROWS) continue;
    yield { rows, readBytes: last.readBytes };
    rows = [];
  }
  if (last && rows.length > 0) yield { rows, readBytes: last.readBytes };
  if (!last) throw new RuleViolation('import-no-rows', 'There are no rows in this file.');
}

async function runBatch(
  { clock }: Context,
  taken: Import,
  { rows, number, progress }: { rows: readonly ReadRow[]; number: number; progress: Progress },
): Promise<void> {
  const { _id, run, state } = taken;
  const outcome = await importBatch(
    { ...taken, now: clock.now() },
    { rows, brought: progress, isDry: state === 'checking' },
  );
  const issues = outcome.issues.slice(0, Math.max(0, MOST_IMPORT_ISSUES - progress.issues));
  progress.issues += issues.length;
  addTo(progress.counts, outcome.counts);
  const batch = { _id: batchId(_id, run, number), import: _id, run, number, ...outcome, issues };
  try {
    await ImportBatches.create(batch);
  } catch (error) {
    // A worker that was taken for dead lives and has written the same.
    if (!isDuplicateKey(error)) throw error;
  }
}

const held = ({ _id, claimedBy, state }: Import) => ({ _id, claimedBy, state });

async function keep(
  { clock }: Context,
  taken: Import,
  progress: Pick<Import, 'readBytes' | 'counts'> & { attempts?: number },
): Promise<boolean> {
  const claimedUntil = new Date(clock.now().getTime() + IMPORT_LEASE_MS);
  const kept = await Imports.updateOne(held(taken), { $set: { ...progress, claimedUntil } });
  return kept.matchedCount === 1;
}

async function letGo(taken: Import): Promise<void> {
  await Imports.updateOne(held(taken), { $set: { claimedBy: null, claimedUntil: null } });
}

/** The event is recorded before the state says that all is done: a run that is cut off here comes back for it. */
export async function endRun(
  context: Context,
  taken: Import,
  end: { counts: ImportCounts; step: 'finish' | 'fail'; failure?: Import['failure'] },
): Promise<void> {
  const { counts, failure = null } = end;
  const state: ImportState = stateAfter(taken.state, end.step);
  if (!(await keep(context, taken, { readBytes: taken.sizeBytes, counts }))) return;
  if (taken.state === 'importing') await recordImport(context, { ...taken, counts }, taken.createdBy);
  await Imports.updateOne(held(taken), {
    $set: { state, counts, failure, claimedBy: null, claimedUntil: null, finishedAt: context.clock.now() },
    // Whoever cancels in this moment learns that it is over.
    $inc: { version: 1 },
  });
  if (state === 'done') await ImportChunks.deleteMany({ import: taken._id });
}
