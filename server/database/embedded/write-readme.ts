import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeSubset } from './describe-subset.ts';

/** `npm run database:readme`: writes this room's README from the code. */
writeFileSync(fileURLToPath(new URL('README.md', import.meta.url)), describeSubset());
