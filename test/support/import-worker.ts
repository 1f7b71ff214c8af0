import { runImports } from '../../server/actions/run-imports.ts';
import { connectDatabase } from '../../server/database/connect.ts';
import '../../server/models/index.ts';
import { testContext } from './context.ts';

/** A process that works on imports, made to be killed: `import-worker.ts <database>`. */
const [databaseUri] = process.argv.slice(2);
if (!databaseUri) throw new Error('An address is needed.');

await connectDatabase(databaseUri);
await runImports(testContext(), new AbortController().signal);
