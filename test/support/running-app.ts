import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './program.ts';

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
  const program = await startProgram({
    file: 'server/main.ts',
    env: { DATA_DIR: dataDir, ...ports, LOG_LEVEL: 'silent', MONGODB_URI: '' },
    isReady: /Open (http\S+)/,
  });
  return {
    setupLink: program.ready,
    origin: new URL(program.ready).origin,
    async stop() {
      await program.stop();
      if (given === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
    kill: () => program.kill(),
  };
}
