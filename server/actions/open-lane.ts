import { setMaxListeners } from 'node:events';
import { type Due, Lines } from '../domain/lines.ts';

/** What somebody who works in a lane waits for. */
interface Waiter {
  /** What they found and what is not over yet, in order. */
  readonly left: Due[];
  readonly ids: ReadonlySet<string>;
  /** How many of them were done, and not given up. */
  done: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** One lane as this process works in it: who holds it open, who waits for what, and what is on its way. */
export class OpenLane {
  readonly lines = new Lines();
  readonly underWay = new Set<Promise<void>>();
  /** Of those who may take up something new. */
  readonly #holders = new Set<AbortSignal>();
  readonly #waiters = new Set<Waiter>();
  #closing = forMany();

  /** Aborted when nobody is left who may take up something new: what waits for its time then is handed back. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Holds it open until `closed` is aborted or what is returned is called. When nobody does any more, what waits in
   * its lines is forgotten.
   */
  hold(closed: AbortSignal): () => void {
    if (this.closed.aborted) this.#closing = forMany();
    this.#holders.add(closed);
    const letGo = () => {
      closed.removeEventListener('abort', letGo);
      this.#holders.delete(closed);
      if (this.#holders.size > 0) return;
      this.#closing.abort();
      this.lines.forgetWaiting();
    };
    closed.addEventListener('abort', letGo, { once: true });
    if (closed.aborted) letGo();
    return letGo;
  }

  /** Resolves with how many of these were done, once none of them is in a line any more or `closed` is aborted. */
  ended(due: readonly Due[], closed: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#waiters.delete(waiter);
        closed.removeEventListener('abort', waiter.resolve);
      };
      const waiter: Waiter = {
        left: [...due],
        ids: new Set(due.map(({ _id }) => _id)),
        done: 0,
        resolve: () => {
          settle();
          resolve(waiter.done);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      this.#waiters.add(waiter);
      closed.addEventListener('abort', waiter.resolve, { once: true });
      if (closed.aborted) waiter.resolve();
      else this.#lookWhetherOver(waiter);
    });
  }

  /** Tells everybody who waits that something has left the lines; `null`: it was given up. */
  tell(done: Due | null): void {
    for (const waiter of [...this.#waiters]) {
      if (done && waiter.ids.has(done._id)) waiter.done += 1;
      this.#lookWhetherOver(waiter);
    }
  }

  fail(error: unknown): void {
    for (const waiter of [...this.#waiters]) waiter.reject(error);
  }

  /** What is not in a line any more is over, whoever took it out. */
  #lookWhetherOver(waiter: Waiter): void {
    const { left } = waiter;
    for (let last = left.at(-1); last && !this.lines.has(last); last = left.at(-1)) left.pop();
    if (left.length === 0) waiter.resolve();
  }
}

/** Everything that waits for its time listens to it: that is no leak. */
function forMany(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
