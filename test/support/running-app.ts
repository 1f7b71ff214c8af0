import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

export interface RunningApp {
  /** The address that was printed: at first the one-time link. */
  setupLink: string;
  /** Without a slash at the end. */
  origin: string;
  /** Stops it as Ctrl+C does; forgets its data unless the directory was given. */
  stop(): Promise<void>;
  /** SIGKILL for it and for its database, in one moment. */
  kill(): Promise<void>;
}

export interface AppOptions {
  dataDir?: string;
  /** Of the rehearsal; 0 lets the system choose. */
  rehearsalPort?: number;
}

/** `npm start` on an empty data directory and free ports: database, rehearsal, pages and jobs. */
export async function startApp({ dataDir: given, rehearsalPort = 0 }: AppOptions = {}): Promise<RunningApp> {
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'rejoinder-app-'));
  const ports = { PORT: '0', REHEARSAL_PORT: String(rehearsalPort) };
  const settings = { DATA_DIR: dataDir, ...ports, LOG_LEVEL: 'silent', MONGODB_URI: '' };
  const server = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A process group of its own, so that the database can die in the same moment.
    detached: true,
  });
  const setupLink = await printedLink(server);
  const end = async (send: () => void) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    send();
    await gone;
  };
  return {
    setupLink,
    origin: new URL(setupLink).origin,
    async stop() {
      await end(() => server.kill('SIGTERM'));
      if (given === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
    kill: () => end(() => process.kill(-(server.pid ?? 0), 'SIGKILL')),
  };
}

async function printedLink({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the server has no output');
  for await (const line of createInterface({ input: stdout })) {
    const link = /Open (http\S+)/.exec(line)?.[1];
    if (link) return link;
  }
  throw new Error('The server ended before it printed a link.');
}
