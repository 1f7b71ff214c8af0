import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Report } from './main.ts';
import type { LogLine } from './server.ts';

export interface EmbeddedDatabase extends AsyncDisposable {
  /** Complete, with user and password; stays valid when the process behind it restarts. */
  readonly uri: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly dataDir: string;
  /** 0 or nothing lets the system choose. */
  readonly port?: number;
  readonly onLog?: (line: LogLine) => void;
}

/** Waits between attempts to restart after a crash, in milliseconds. */
const PAUSES = [0, 100, 500, 1000, 2000, 5000];

/**
 * Starts the database in a process of its own that ends with this one and is started again, at the same address,
 * when it crashes. Rejects with a sentence for people when the directory is in use or the port is taken.
 */
export async function startEmbeddedDatabase(options: StartOptions): Promise<EmbeddedDatabase> {
  const log = options.onLog ?? (() => undefined);
  const dataDir = resolve(options.dataDir);
  const state = { child: undefined as ChildProcess | undefined, stopping: false };
  const first = await launch({ dataDir, port: options.port ?? 0, log });
  const { port, uri } = first;

  const keep = (child: ChildProcess) => {
    state.child = child;
    child.once('exit', (code, signal) => {
      if (state.stopping) return;
      log({ level: 'error', message: 'database process ended, starting it again', detail: { code, signal } });
      void restart();
    });
  };
  const restart = async () => {
    for (let attempt = 0; !state.stopping; attempt += 1) {
      await wait(PAUSES[Math.min(attempt, PAUSES.length - 1)]);
      try {
        keep((await launch({ dataDir, port, log })).child);
        log({ level: 'warn', message: 'database process is back' });
        return;
      } catch (error) {
        log({ level: 'error', message: 'database process did not start', detail: (error as Error).message });
      }
    }
  };
  const stop = async () => {
    state.stopping = true;
    await end(state.child);
  };
  keep(first.child);
  return {
    uri,
    get pid() {
      return state.child?.pid ?? 0;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

interface Launch {
  dataDir: string;
  port: number;
  log: (line: LogLine) => void;
}

interface Launched {
  child: ChildProcess;
  uri: string;
  port: number;
}

async function launch(wanted: Launch): Promise<Launched> {
  for (;;) {
    const launched = await launchOnce(wanted);
    if (launched !== 'told to stop') return launched;
  }
}

/** A signal to the whole group can end the child before it can ignore it; whether to stop is for this process to say. */
function launchOnce({ dataDir, port, log }: Launch): Promise<Launched | 'told to stop'> {
  const program = fileURLToPath(new URL('main.cjs', import.meta.url));
  const child = fork(program, [dataDir, String(port)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((ready, failed) => {
    child.on('message', (report: Report) => {
      if (report.kind === 'ready') ready({ child, uri: report.uri, port: report.port });
      else if (report.kind === 'failed') failed(new Error(report.message));
      else log(report.line);
    });
    child.once('error', failed);
    child.once('exit', (code, signal) => {
      if (signal === 'SIGTERM' || signal === 'SIGINT') ready('told to stop');
      else failed(new Error(`The database process ended with code ${code} before it was ready.`));
    });
  });
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  await ended;
}
