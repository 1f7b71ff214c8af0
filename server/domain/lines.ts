import type { Delivery } from './delivery.ts';

/** A delivery as far as its place in a line goes. */
export interface Due extends Pick<Delivery, '_id' | 'account'> {
  /** Not before this. */
  nextAt: Date;
}

interface Line {
  /** In the order in which they leave. */
  waiting: Due[];
  /** The one that is being claimed or sent. */
  current: string | null;
}

/**
 * What is due in one lane: a line for each account. The accounts go on independently of each other; of each line
 * only the first may leave, and the next not before the first is done.
 */
export class Lines {
  readonly #lines = new Map<string, Line>();
  /** Of all that stand in a line, or at its head. */
  readonly #ids = new Set<string>();

  /** Takes over what was found due, in order; what was known before and is not among it has been taken elsewhere. */
  replace(due: readonly Due[]): void {
    for (const [account, line] of this.#lines) {
      for (const { _id } of line.waiting) this.#ids.delete(_id);
      line.waiting = [];
      if (line.current === null) this.#lines.delete(account);
    }
    for (const delivery of due) {
      const line = this.#lines.get(delivery.account) ?? { waiting: [], current: null };
      this.#lines.set(delivery.account, line);
      this.#ids.add(delivery._id);
      if (line.current !== delivery._id) line.waiting.push(delivery);
    }
  }

  /** The first of every line that is free, at most so many. */
  heads(most: number): Due[] {
    const heads: Due[] = [];
    for (const { waiting, current } of this.#lines.values()) {
      if (heads.length >= most) break;
      if (current === null && waiting[0]) heads.push(waiting[0]);
    }
    return heads;
  }

  /** The first of its line is being taken care of: its line is closed until `done` or `drop`. */
  begin({ account, _id }: Due): void {
    const line = this.#lines.get(account);
    if (line?.waiting[0]?._id !== _id) throw new Error('Only the first of a line may leave.');
    line.waiting.shift();
    line.current = _id;
  }

  /** The line goes on with its next. */
  done({ account, _id }: Pick<Due, 'account' | '_id'>): void {
    this.#ids.delete(_id);
    const line = this.#lines.get(account);
    if (!line) return;
    line.current = null;
    if (line.waiting.length === 0) this.#lines.delete(account);
  }

  /** Something came between: nobody knows any more what is first, so the whole line has to be found anew. */
  drop({ account }: Pick<Due, 'account'>): void {
    const line = this.#lines.get(account);
    this.#lines.delete(account);
    if (line?.current) this.#ids.delete(line.current);
    for (const { _id } of line?.waiting ?? []) this.#ids.delete(_id);
  }

  /** Nothing may be taken up any more; what is being sent stays in its place. */
  forgetWaiting(): void {
    this.replace([]);
  }

  /** Whether it waits in a line or is being taken care of. */
  has({ _id }: Pick<Due, '_id'>): boolean {
    return this.#ids.has(_id);
  }

  isSending(account: string): boolean {
    return (this.#lines.get(account)?.current ?? null) !== null;
  }
}
