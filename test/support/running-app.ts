import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

export interface RunningApp {
  /** The one-time link that was printed. */
  setupLink: string;
  /** Without a slash at the end. */
  origin: string;
  /** Stops it as Ctrl+C does, and forgets its data. */
  stop(): Promise<void>;
}

/** `npm start` on an empty data directory and free ports: database, rehearsal, pages and jobs. */
export async function startApp(): Promise<RunningApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-app-'));
  const settings = {
    DATA_DIR: dataDir,
    PORT: '0',
    REHEARSAL_PORT: '0',
    LOG_LEVEL: 'silent',
    MONGODB_URI: '',
  };
  const server = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const setupLink = await printedLink(server);
  return {
    setupLink,
    origin: new URL(setupLink).origin,
    async stop() {
      if (server.exitCode === null) {
        const gone = once(server, 'exit');
        server.kill('SIGTERM');
        await gone;
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function printedLink({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the server has no output');
  for await (const line of createInterface({ input: stdout })) {
    const link = /Open (\S+\/setup\/\S+)/.exec(line)?.[1];
    if (link) return link;
  }
  throw new Error('The server ended before it printed a link.');
}
