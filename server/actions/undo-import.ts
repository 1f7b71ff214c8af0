import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { type Import, mayUndo, stateAfter } from '../domain/import.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Answers } from '../models/answer.ts';
import { Campaigns } from '../models/campaign.ts';
import { ImportBatches } from '../models/import-batch.ts';
import { Messages } from '../models/message.ts';
import { Narratives } from '../models/narrative.ts';
import { type Actor, allow } from './allow.ts';
import { findImport } from './find-import.ts';
import { recordEvent } from './record-event.ts';

/**
 * Has everything taken out again that an import added. Throws `import-step` when there is nothing to undo, and
 * `import-in-use` when people have built on it: a message, a campaign or another answer names an entry, or somebody
 * has changed one.
 */
export async function undoImport(context: Context, member: Actor, { import: id }: { import: string }) {
  allow(member, 'library.edit');
  const found = await findImport(id);
  const state = stateAfter(found.state, 'undo');
  if (!mayUndo(found)) throw new RuleViolation('import-step', 'This import has added nothing.');
  if (await isBuiltOn(found))
    throw new RuleViolation('import-in-use', 'Something of this import is used or was changed since.');
  found.set({ state, attempts: 0 });
  await found.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'import undone',
    subject: 'import',
    subjectId: id,
    details: { name: found.name },
  });
  await context.queue.wakeImports();
}

async function isBuiltOn({ _id, run }: Pick<Import, '_id' | 'run'>): Promise<boolean> {
  const named = new Set([
    ...(await Messages.distinct('narrative')),
    ...(await Campaigns.distinct('narratives')),
  ]);
  const own = new Set<string>();
  for await (const { answers } of ImportBatches.find({ import: _id, run }).select('answers').lean().cursor())
    for (const answer of answers) own.add(answer);
  for await (const { answers, narratives } of ImportBatches.find({ import: _id, run }).lean().cursor()) {
    if (narratives.some((narrative) => named.has(narrative))) return true;
    if (await Messages.exists({ 'sources.answer': trusted({ $in: answers }) })) return true;
    const changed = { version: trusted({ $gt: 0 }) };
    if (await Answers.exists({ _id: trusted({ $in: answers }), ...changed })) return true;
    if (await Narratives.exists({ _id: trusted({ $in: narratives }), ...changed })) return true;
    const answering = Answers.find({ narrative: trusted({ $in: narratives }) })
      .select('_id')
      .lean()
      .cursor();
    for await (const answer of answering) if (!own.has(answer._id)) return true;
  }
  return false;
}
