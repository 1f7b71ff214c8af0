import { runImports as run } from '../server/actions/run-imports.ts';
import type { Context } from '../server/context.ts';
import type { Handlers } from '../server/queue.ts';

/** Works on the files that wait for their dry run, their import or its undoing. */
export function runImports(context: Context): Handlers['run-imports'] {
  return async (_payload, signal) => run(context, signal);
}
