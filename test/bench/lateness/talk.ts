import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

type Asked = { id: number; name: string; argument: unknown };
type Answered = { id: number; result?: unknown; problem?: string };

/** A process of the benchmark that can be asked things. */
export interface Talker {
  /** What it said when it was ready. */
  readonly hello: string;
  ask<Result>(name: string, argument?: unknown): Promise<Result>;
  stop(): Promise<void>;
}

/** Starts one of the benchmark's own scripts and waits until it is ready. */
export async function startTalker(script: string, args: readonly string[]): Promise<Talker> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(path, args, { execArgv: ['--import', 'tsx'], stdio: 'inherit' });
  const hello = await Promise.race([
    once(child, 'message').then(([said]) => String(said)),
    once(child, 'exit').then(() => Promise.reject(new Error(`${script} did not start`))),
  ]);
  let asked = 0;
  const waiting = new Map<number, (answered: Answered) => void>();
  child.on('message', (answered: Answered) => waiting.get(answered.id)?.(answered));
  return {
    hello,
    async ask<Result>(name: string, argument?: unknown) {
      asked += 1;
      const id = asked;
      const answered = new Promise<Answered>((resolve) => waiting.set(id, resolve));
      child.send({ id, name, argument } satisfies Asked);
      const { result, problem } = await answered;
      waiting.delete(id);
      if (problem !== undefined) throw new Error(`${script}: ${problem}`);
      return result as Result;
    },
    stop: () => end(child),
  };
}

/** Answers, in such a script, what it is asked. */
export function answer(answers: Record<string, (argument: never) => Promise<unknown>>): void {
  process.on('message', ({ id, name, argument }: Asked) => {
    const act = answers[name] ?? (() => Promise.reject(new Error(`Nobody knows ${name}.`)));
    act(argument as never).then(
      (result) => process.send?.({ id, result }),
      (error: Error) => process.send?.({ id, problem: error.message }),
    );
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
