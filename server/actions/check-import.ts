import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { isPersonal } from '../domain/import/fields.ts';
import type { ImportSettings } from '../domain/import/row.ts';
import { assertMapping, NO_COUNTS, stateAfter } from '../domain/import.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { ImportBatches } from '../models/import-batch.ts';
import { type Actor, allow } from './allow.ts';
import { findImport } from './find-import.ts';

/**
 * Has the whole file read without adding anything. Throws the rules of a mapping, and `import-language-needed` when
 * neither a column nor the form says in which language the answers are written.
 */
export async function checkImport(
  context: Context,
  member: Actor,
  { import: id, settings }: { import: string; settings: ImportSettings },
): Promise<void> {
  allow(member, 'library.edit');
  const found = await findImport(id);
  const state = stateAfter(found.state, 'check');
  assertMapping(
    settings.mapping,
    found.columns.filter((column) => !isPersonal(column)),
  );
  const saysItself = found.format === 'conan' || settings.mapping.language !== undefined;
  if (settings.mapping.text && !settings.language && !saysItself)
    throw new RuleViolation('import-language-needed', 'Say in which language the answers are written.', {
      field: 'language',
    });
  found.set({
    settings,
    state,
    run: found.run + 1,
    readBytes: 0,
    counts: NO_COUNTS,
    failure: null,
    attempts: 0,
  });
  found.markModified('settings.mapping');
  await found.save();
  await ImportBatches.deleteMany({ import: id, run: trusted({ $lt: found.run }) });
  await context.queue.wakeImports();
}
