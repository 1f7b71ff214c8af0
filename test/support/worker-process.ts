import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { runnable } from './bundle.ts';

/** What a worker of a run has to know. */
export interface WorkerPlace {
  databaseUri: string;
  rehearsalUrl: string;
  secretKeyFile: string;
}

/** Starts a worker process with short waits, made to be killed or stopped at any moment. */
export async function launchWorker({
  databaseUri,
  rehearsalUrl,
  secretKeyFile,
}: WorkerPlace): Promise<ChildProcess> {
  const { path, execArgv } = await runnable('test/support/crash-worker.ts');
  return fork(path, [databaseUri, rehearsalUrl, secretKeyFile], {
    execArgv: [...execArgv],
    stdio: 'inherit',
  });
}

/** Resolves with the name of its incarnation once the worker runs its jobs. */
export async function startedWorker(child: ChildProcess): Promise<string> {
  const [name] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the worker did not start'))),
  ]);
  return name as string;
}

/** SIGKILL, even while it stands still. */
export async function killWorker(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
