import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { mingo } from './aggregate/mingo.ts';
import { forgetUnfinished } from './build-index.ts';
import type { Runtime } from './commands/invocation.ts';
import { SNAPSHOTS } from './commands/snapshot.ts';
import { addressOf, openCredential } from './credential.ts';
import { Cursors } from './cursors.ts';
import { announce } from './discover.ts';
import { Engine } from './engine.ts';
import { checkFormat, markFormat } from './format.ts';
import { ownCurrentDirectory } from './owner.ts';
import { type LogLine, listen } from './server.ts';
import { isCommitFailure } from './storage/commit-failure.ts';
import { startUpkeep } from './upkeep.ts';
import { verifierFor } from './wire/scram.ts';

/** Told to the parent process over IPC, or printed when there is none. */
export type Report =
  | { readonly kind: 'ready'; readonly uri: string; readonly port: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'log'; readonly line: LogLine };

const require = createRequire(import.meta.url);
const isChild = process.send !== undefined;

async function main(): Promise<void> {
  const { dataDir, port } = readSettings();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // The lock's path is relative; everything else below is, too.
  process.chdir(dataDir);
  const lock = await ownCurrentDirectory();
  mkdirSync('database', { recursive: true, mode: 0o700 });
  chmodSync('database', 0o700);
  checkFormat('database');
  rmSync(SNAPSHOTS, { recursive: true, force: true });
  const credential = openCredential('database');
  const engine = new Engine('database');
  markFormat('database');
  await forgetUnfinished(engine);
  const state = { connections: () => 0 };
  const runtime: Runtime = {
    ...{ engine, cursors: new Cursors(), startedAt: new Date(), instance: '' },
    verifier: verifierFor(credential.user, credential.password),
    connections: () => state.connections(),
  };
  const server = await listen(runtime, port, (line) => tell({ kind: 'log', line }));
  const listening = (server.address() as AddressInfo).port;
  const uri = addressOf(credential, listening);
  Object.assign(runtime, { instance: announce('.', uri) });
  const stopUpkeep = startUpkeep(engine, runtime.cursors, (error) =>
    tell({ kind: 'log', line: { level: 'error', message: 'upkeep failed', detail: String(error) } }),
  );
  closeOnEnd({ server, engine, lock, stopUpkeep });
  tell({ kind: 'ready', uri, port: listening });
  // Read now, while nobody waits for it, so that the first report does not have to.
  setImmediate(mingo);
}

/** From the parent by argument; alone, from the environment as every other program of the house. */
function readSettings(): { dataDir: string; port: number } {
  const [dataDir, port] = process.argv.slice(2);
  if (isChild && dataDir) return { dataDir, port: Number(port) };
  // Read only here, where it is needed: a child starts without it.
  const { readConfig } = require('../../config.ts') as typeof import('../../config.ts');
  const config = readConfig();
  return { dataDir: config.dataDir, port: config.databasePort };
}

function tell(report: Report): void {
  // The callback takes the error of a channel that the parent has closed; close() follows anyway.
  if (isChild) process.send?.(report, () => undefined);
  else if (report.kind === 'ready') process.stdout.write(`The database listens at\n${report.uri}\n`);
  else if (report.kind === 'failed') process.stderr.write(`${report.message}\n`);
  else process.stderr.write(`${JSON.stringify(report.line)}\n`);
}

interface Running {
  server: Server;
  engine: Engine;
  lock: Server;
  stopUpkeep: () => void;
}

/** A child ends in order when its parent lets go of it, however that happens; alone, it ends on a signal. */
function closeOnEnd({ server, engine, lock, stopUpkeep }: Running): void {
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    stopUpkeep();
    server.close();
    await engine.close();
    lock.close();
    process.exit(0);
  };
  if (!isChild) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, close);
    return;
  }
  process.once('disconnect', close);
  // The parent went while this process was starting.
  if (!process.connected) void close();
}

// lmdb rejects a failed commit to whoever asked for it, and once more to nobody: the first is answered, the second
// must not end the process.
process.on('unhandledRejection', (error) => {
  if (!isCommitFailure(error)) throw error;
});

main().catch((error: NodeJS.ErrnoException & { port?: number }) => {
  const message =
    error.code === 'EADDRINUSE'
      ? `The port ${error.port} is in use. Stop the program that uses it, or choose another with DATABASE_PORT.`
      : error.message;
  tell({ kind: 'failed', message });
  process.exitCode = 1;
  process.disconnect?.();
});
