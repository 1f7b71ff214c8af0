import { accumulatorNames } from './aggregate/accumulators.ts';
import { expressionNames, leftOutExpressions } from './aggregate/expression.ts';
import { leftOutStages, stageNames } from './aggregate/stages.ts';
import { commandNames } from './commands/index.ts';
import { indexOptions } from './commands/index-spec.ts';
import { FORMAT } from './format.ts';
import { filterNames, leftOutFilters } from './query/parse-filter.ts';
import { updateOperatorNames } from './update/operators.ts';

const HEAD = `# embedded

A strict, durable subset of MongoDB 7 in a process of its own, so that the application needs nothing but Node. The rest
of the house knows it only as a \`mongodb://\` address; an organisation that outgrows one machine sets \`MONGODB_URI\`.

- **A strict subset.** What it accepts behaves as MongoDB 7 does. Everything else is refused with MongoDB's own code and
  a sentence that names the way out. \`test/database/\` runs against it and, with \`MONGODB_URI\`, against a real server.
  One thing differs: stages and expressions know JavaScript's numbers alone. A whole double that they compute or pass on
  comes out as an int, and \`$type\` calls it so; what only \`$match\`, \`$sort\`, \`$skip\` and \`$limit\` let through keeps its type.
- **Acknowledged means durable.** The answer follows the flush to disk; concurrent writes share one commit.
- **Bounded.** A scan holds a page of a megabyte and an answer of four, a stage at most a hundred megabytes (code 292: it
  does not spill to disk); it yields to others every few milliseconds. Cursors end after ten idle minutes, with their
  session, or as the longest unused of a thousand. \`maxTimeMS\` ends reads and writes alike. An idle process holds about
  70 MB; what it shows beyond that while it works is mostly the data file, which the system takes back at need.
- **One owner, one account.** It listens on the loopback address, asks for a random password that only the owner of
  \`DATA_DIR\` can read, and refuses a directory that another process has open.
- **One file.** \`DATA_DIR/database/data.mdb\`, copied while it is in use only by \`npm run backup -- <file>\`. The file
  system and the disk are trusted: pages carry no checksum, so damage other than a cut or an unfinished commit is not seen.

\`npm run database\` runs it alone and prints the address. This page is written by \`npm run database:readme\`.
`;

/** The room's README: what is supported, as the code itself knows it. */
export function describeSubset(): string {
  const parts: [title: string, names: readonly string[]][] = [
    ['Commands', commandNames],
    ['Query operators', filterNames],
    ['Update operators', updateOperatorNames],
    ['Aggregation stages', stageNames],
    ['Accumulators', accumulatorNames],
    ['Expressions', expressionNames()],
    ['Index options', indexOptions],
  ];
  const leftOut: [title: string, names: readonly string[]][] = [
    ['query operators', leftOutFilters],
    ['stages', leftOutStages],
    ['expressions', leftOutExpressions],
  ];
  const sections = parts.map(([title, names]) => `## ${title} (${names.length})\n\n${listed(names)}\n`);
  const refused = leftOut.map(([title, names]) => `- ${title}: ${names.map(code).join(', ')}`);
  return [
    HEAD,
    `The data on disk has format ${FORMAT}.\n`,
    ...sections,
    `## Refused\n\nTransactions, change streams, collation, views, capped and time-series collections, validators, text, hashed,\ngeometric and wildcard indexes, and by name:\n\n${refused.join('\n')}\n`,
  ].join('\n');
}

const code = (name: string) => `\`${name}\``;
const listed = (names: readonly string[]) => [...new Set(names)].sort().map(code).join(', ');
