import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type BundledProgram, runnable } from './bundle.ts';

export interface ProgramOptions {
  /** As package.json names it. */
  file: BundledProgram;
  args?: readonly string[];
  /** Modules loaded before it. */
  preloads?: readonly BundledProgram[];
  env: Readonly<Record<string, string>>;
  /** What it prints when it can be used. */
  isReady: RegExp;
}

/** A program of the house that runs in a process group of its own, with whatever it has started. */
export interface Program {
  /** What the first group of `isReady` matched. */
  readonly ready: string;
  /** All lines that it has printed so far, also those about errors. */
  readonly lines: readonly string[];
  /** As Ctrl+C or a supervisor does. */
  stop(): Promise<void>;
  /** SIGKILL for all of the group, in one moment. */
  kill(): Promise<void>;
}

/** Starts a program and waits until it says that it can be used. Throws when it ends before. */
export async function startProgram({
  file,
  args = [],
  preloads = [],
  env,
  isReady,
}: ProgramOptions): Promise<Program> {
  const { execArgv, path } = await runnable(file, preloads);
  const child = spawn(process.execPath, [...execArgv, path, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  child.stderr.pipe(process.stderr, { end: false });
  const ready = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const match = isReady.exec(line);
      if (match) resolve(match[1] ?? '');
    });
    child.once('exit', () => reject(new Error(`${file} ended before it could be used: ${lines.join('\n')}`)));
  });
  const end = async (send: () => void) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    send();
    await gone;
  };
  return {
    ready,
    lines,
    stop: () => end(() => child.kill('SIGTERM')),
    kill: () => end(() => process.kill(-(child.pid ?? 0), 'SIGKILL')),
  };
}
