import { makePasswordLink } from './actions/make-password-link.ts';
import { readConfig } from './config.ts';
import { discoverEmbeddedDatabase } from './database/embedded/discover.ts';
import { RuleViolation } from './domain/rule-violation.ts';
import { CannotStart } from './errors.ts';
import { openContext } from './open-context.ts';
import { publicUrl } from './public-url.ts';
import { memberByEmail } from './queries/member-by-email.ts';

/** `npm run password -- someone@example.org`: the way back for the last administrator. Whoever may run it holds the machine. */
try {
  await run(process.argv[2] ?? '');
} catch (error) {
  if (!(error instanceof CannotStart || error instanceof RuleViolation)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
process.exit();

async function run(email: string): Promise<void> {
  if (!email.includes('@')) throw new CannotStart('Say whose: npm run password -- someone@example.org');
  const config = readConfig();
  const isRunning = config.mongodbUri || (await discoverEmbeddedDatabase(config.dataDir));
  await using context = await openContext(config, { startsDatabase: !isRunning });
  const member = await memberByEmail(email);
  if (!member) throw new CannotStart(`There is no member with the address ${email}.`);
  const { token, name } = await makePasswordLink(context, null, { member: member._id });
  process.stdout.write(
    `${name} chooses a new password at\n  ${publicUrl(config, config.port)}/password/${token}\nThe link works once, for 24 hours.\n`,
  );
}
