import { parseArgs } from 'node:util';
import { killRun } from '../support/kill-run.ts';

/** `npm run soak:database -- --rounds 50`: kills the embedded database under writers and prints what was lost. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' } } });
const figures = await killRun(Number(values.rounds));
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
process.exit(figures.lost + figures.disagreements.length === 0 ? 0 : 1);
