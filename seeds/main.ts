import { join } from 'node:path';
import { removeDemoWorld } from '../server/actions/remove-demo-world.ts';
import { readConfig } from '../server/config.ts';
import { discoverEmbeddedDatabase } from '../server/database/embedded/discover.ts';
import { CannotStart } from '../server/errors.ts';
import { openContext } from '../server/open-context.ts';
import { hasDemoWorld } from '../server/queries/has-demo-world.ts';
import { startRehearsal } from '../server/rehearsal/start.ts';
import { CAST } from './cast.ts';
import { loadDemoWorld, WORLDS, type WorldName } from './load.ts';

const asked = process.argv[2] ?? '';

try {
  await run(asked);
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
process.exit();

async function run(name: string): Promise<void> {
  const isKnown = name === '--remove' || name in WORLDS;
  if (!isKnown)
    throw new CannotStart(`Say which world: npm run seed -- ${Object.keys(WORLDS).join(' | ')} | --remove`);
  const config = readConfig();
  const isRunning = (await discoverEmbeddedDatabase(config.dataDir)) !== null;
  await using context = await openContext(config, {
    startsDatabase: !isRunning,
    // When Rejoinder runs, its rehearsal network runs too; else both are opened here for as long as it takes.
    ...(isRunning
      ? {}
      : {
          startRehearsal: () =>
            startRehearsal({ dataDir: join(config.dataDir, 'rehearsal'), port: config.rehearsalPort }),
        }),
  });
  if (name === '--remove') {
    await removeDemoWorld(context, null);
    process.stdout.write('The demo world is gone.\n');
    return;
  }
  if (await hasDemoWorld()) {
    throw new CannotStart('A demo world is there already. Take it out first: npm run seed -- --remove');
  }
  const { password } = await loadDemoWorld(context, name as WorldName);
  const addresses = Object.values(CAST).map(({ email, roles }) => `  ${email}  (${roles.join(', ')})`);
  process.stdout.write(
    `The demo world is there. Its people sign in with the password ${password}\n${addresses.join('\n')}\n`,
  );
}
