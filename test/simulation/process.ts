import mongoose from 'mongoose';
import type { Context } from '../../server/context.ts';
import { behind, type Gatekeeper } from './gates.ts';

interface Waiting {
  effect: string;
  moment: 'before' | 'after';
  since: Date;
  goOn: () => void;
}

let queries = 0;
/** Called whenever the counts have changed: spinning until they do would take the database's processor time. */
let changed: () => void = () => undefined;

/** Counts the queries that are on their way, so that a simulation knows when everything stands still. */
export function countQueries(): () => void {
  const removals = [mongoose.Query.prototype, mongoose.Aggregate.prototype].map((prototype) => {
    const target = prototype as unknown as { exec: (...args: unknown[]) => Promise<unknown> };
    const { exec } = target;
    target.exec = async function counted(this: unknown, ...args: unknown[]) {
      queries += 1;
      try {
        return await exec.apply(this, args);
      } finally {
        queries -= 1;
        changed();
      }
    };
    return () => {
      target.exec = exec;
    };
  });
  return () => {
    for (const remove of removals) remove();
  };
}

let parkedQueries = 0;
let acting = 0;

/** Resolves when every process waits at a gate or has nothing to do: then the next choice is the seed's alone. */
export async function quiet(): Promise<void> {
  for (let calm = 0; calm < 2; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const isQuiet = queries === parkedQueries && acting === 0;
    calm = isQuiet ? calm + 1 : 0;
    if (!isQuiet) {
      await new Promise<void>((resolve) => {
        changed = resolve;
      });
    }
  }
}

/** One process of the simulation: its effects wait until they are let go, one at a time. */
export class Process implements Gatekeeper {
  readonly name: string;
  readonly context: Context;
  readonly #waiting: Waiting[] = [];
  #isDead = false;
  #tasks = 0;

  constructor(name: string, context: Context) {
    this.name = name;
    this.context = context;
  }

  get isIdle(): boolean {
    return this.#tasks === 0;
  }

  /** A request of this process is about to leave. */
  get isSending(): boolean {
    return this.#waiting.some(({ effect, moment }) => effect === 'network.publish' && moment === 'before');
  }

  start(task: (context: Context) => Promise<unknown>): void {
    this.#tasks += 1;
    void behind(this, () => task(this.context)).finally(() => {
      this.#tasks -= 1;
    });
  }

  pass(effect: string, moment: 'before' | 'after'): Promise<void> {
    const isQuery = isInsideQuery(effect);
    if (moment === 'after') acting -= 1;
    if (isQuery) parkedQueries += 1;
    return new Promise((resolve) => {
      if (this.#isDead && moment === 'after') return;
      const goOn = () => {
        if (isQuery) parkedQueries -= 1;
        if (moment === 'before') acting += 1;
        resolve();
      };
      changed();
      this.#waiting.push({ effect, moment, since: this.context.clock.now(), goOn });
    });
  }

  /** Lets one waiting effect go on and waits until all is quiet. */
  async step(fraction: number): Promise<void> {
    const [next] = this.#waiting.splice(Math.floor(fraction * this.#waiting.length), 1);
    next?.goOn();
    await quiet();
  }

  /** Until nothing is left to do; who waits for a time needs it to pass. */
  async finish(passTime: () => Promise<void>): Promise<void> {
    await quiet();
    while (!this.isIdle) {
      if (this.#waiting.length === 0) await passTime();
      else await this.step(0);
    }
  }

  die(): void {
    this.#isDead = true;
  }

  /** What had reached the line when the process died reaches the network, or does not. */
  async settleRequests(lands: () => boolean): Promise<void> {
    for (const { effect, moment, goOn } of this.#waiting.splice(0)) {
      if (effect !== 'network.publish' || moment !== 'before' || !lands()) continue;
      goOn();
      await quiet();
    }
  }
}

function isInsideQuery(effect: string): boolean {
  return !effect.startsWith('network.') && !effect.includes('.insert') && !effect.includes('.bulkWrite');
}
