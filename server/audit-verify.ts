import { existsSync } from 'node:fs';
import { readConfig } from './config.ts';
import { discoverEmbeddedDatabase } from './database/embedded/discover.ts';
import type { TrailFaultKind } from './domain/trail.ts';
import { HEADS_FILE } from './domain/trail-head.ts';
import { CannotStart } from './errors.ts';
import { openContext } from './open-context.ts';
import { type TrailVerdict, verifyTrail } from './queries/verify-trail.ts';

const WHAT_HAPPENED: Readonly<Record<TrailFaultKind, string>> = {
  changed: 'was changed after it was written',
  inserted: 'was inserted later',
  forged: 'was not written by this installation: it was changed or inserted',
  missing: 'is missing',
  unchained: 'does not follow the entry before it: entries were put in its place or moved',
  replaced: `is not the one that ${HEADS_FILE} knows: the trail was rewritten`,
  'cut-off': `is missing, and everything after it: ${HEADS_FILE} knows more entries`,
};

/** `npm run audit:verify`: exit code 0 when nobody tampered with the audit trail. */
try {
  await run();
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
process.exit();

async function run(): Promise<void> {
  const config = readConfig();
  if (!existsSync(config.secretKeyFile)) {
    throw new CannotStart(
      `There is no secret key at ${config.secretKeyFile}, and only with it can the trail be verified. Put it back, or set SECRET_KEY_FILE.`,
    );
  }
  const isRunning = config.mongodbUri || (await discoverEmbeddedDatabase(config.dataDir));
  await using context = await openContext(config, { startsDatabase: !isRunning, secretKey: 'looks' });
  const verdict = await verifyTrail(context);
  process.stdout.write(`${inWords(verdict, config.secretKeyFile).join('\n')}\n`);
  process.exitCode = verdict.fault || verdict.brokenHeadLine ? 1 : 0;
}

function inWords(verdict: TrailVerdict, keyFile: string): string[] {
  const { fitsFrom, heads, brokenHeadLine } = verdict;
  // Heads that this key signed prove that it is the right one; without them the key itself is in doubt.
  if (fitsFrom === null && heads === 0)
    return [
      `None of the entries fits this secret key (${keyFile}), so nothing can be said about them.`,
      'Put the key of the installation that wrote them there, or point SECRET_KEY_FILE at it, and verify again.',
    ];
  const lines = faultInWords(verdict);
  if (brokenHeadLine)
    lines.push(`Line ${brokenHeadLine} of ${HEADS_FILE} was not written by this installation.`);
  if (heads === 0 && !brokenHeadLine)
    lines.push(
      `There is no ${HEADS_FILE} yet, so an end that was cut off would not be noticed: it is written once a day while the program runs.`,
    );
  return lines;
}

function faultInWords({ entries, fault, fitsFrom }: TrailVerdict): string[] {
  if (!fault) return [`${entries} entries, unbroken.`];
  const lines = [
    `Entry ${fault.sequence} ${WHAT_HAPPENED[fault.kind]}. The ${entries} before it are unbroken.`,
  ];
  if (fitsFrom !== null && fitsFrom > 1)
    lines.push(
      `The first entry that fits this secret key is number ${fitsFrom}. If the key was replaced then, what stands before it can only be verified with the old one.`,
    );
  return lines;
}
