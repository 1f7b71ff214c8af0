import { join } from 'node:path';
import { startJobs } from '../jobs/start.ts';
import { loadDemoWorld } from '../seeds/load.ts';
import { beginSetup } from './actions/begin-setup.ts';
import { type Config, readConfig } from './config.ts';
import type { Context } from './context.ts';
import { CannotStart } from './errors.ts';
import { openContext } from './open-context.ts';
import { type Rehearsal, startRehearsal } from './rehearsal/start.ts';
import { type StartedWeb, startWeb } from './start-web.ts';
import { untilToldToStop } from './until-told-to-stop.ts';

/** `npm start` runs the database, the rehearsal, the pages and the jobs; with --web the first and the last run elsewhere. */
const isWebOnly = process.argv.includes('--web');
/** The old secret key is lost for good: go on under the one that is here, or a new one. */
const hasNewKey = process.argv.includes('--new-key');

try {
  await run(readConfig());
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
// Timers of libraries would keep the process alive long after everything is closed.
process.exit();

async function run(config: Config): Promise<void> {
  // Listened for from the beginning: whoever is told to stop while starting stops cleanly too.
  const toldToStop = untilToldToStop();
  let stopRehearsal: () => Promise<void> = async () => undefined;
  await using context = await openContext(config, {
    startsDatabase: !isWebOnly,
    secretKey: hasNewKey ? 'replaces' : 'must fit',
    startRehearsal: async () => {
      const rehearsal = await openRehearsal(config);
      stopRehearsal = () => rehearsal.stop();
      return rehearsal;
    },
  });
  const web = await startWeb(context, { loadDemoWorld: () => loadDemoWorld(context) });
  const jobs = isWebOnly ? null : await startJobs(context);
  await announce(context, web);

  const signal = await toldToStop;
  context.log.info({ signal }, 'stopping');
  await web.stop();
  await jobs?.stop();
  await stopRehearsal();
}

async function openRehearsal(config: Config): Promise<Rehearsal> {
  try {
    return await startRehearsal({ dataDir: join(config.dataDir, 'rehearsal'), port: config.rehearsalPort });
  } catch (error) {
    throw new CannotStart(
      `The rehearsal network cannot start on port ${config.rehearsalPort} (${(error as Error).message}). Set REHEARSAL_PORT to another number.`,
    );
  }
}

async function announce(context: Context, web: StartedWeb): Promise<void> {
  const setupToken = await beginSetup(context);
  const lines = [
    '',
    setupToken
      ? `  Open ${web.url}/setup/${setupToken} to begin (the link works once).`
      : `  Open ${web.url} to sign in.`,
    context.rehearsal
      ? `  Rehearsal: nothing leaves this machine. The stand-in networks are at ${rehearsalPages(context)}`
      : '  Live: approved posts go out to the real networks.',
    '  Stop with Ctrl+C.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function rehearsalPages({ rehearsal }: Context): string {
  return [...new Set(Object.values(rehearsal ?? {}))].map((url) => `${url}/rehearsal`).join(', ');
}
