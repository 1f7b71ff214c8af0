/** As many are sorted at once: a few milliseconds, so that others are let in between. */
const RUN = 4096;

/** Puts items in order in short steps: runs of a few thousand while they come, one merge while they are handed out. */
export class Sorter<T> {
  private readonly compare: (a: T, b: T) => number;
  private runs: T[][] = [];
  private last: T[] = [];

  constructor(compare: (a: T, b: T) => number) {
    this.compare = compare;
  }

  get size(): number {
    return this.runs.length * RUN + this.last.length;
  }

  add(item: T): void {
    this.last.push(item);
    if (this.last.length < RUN) return;
    this.runs.push(this.last.sort(this.compare));
    this.last = [];
  }

  /** All items in order, those that are equal as they came; the sorter is empty afterwards. */
  *drain(): Generator<T> {
    const heap = new Heap([...this.runs, this.last.sort(this.compare)], this.compare);
    this.runs = [];
    this.last = [];
    for (let next = heap.next(); next; next = heap.next()) yield next.item;
  }
}

interface Head<T> {
  readonly run: readonly T[];
  /** Of equal items, the one of the earlier run goes first. */
  readonly age: number;
  at: number;
}

/** The runs, the one with the smallest first item on top. */
class Heap<T> {
  private readonly heads: Head<T>[];
  private readonly compare: (a: T, b: T) => number;

  constructor(runs: readonly T[][], compare: (a: T, b: T) => number) {
    this.compare = compare;
    this.heads = runs.map((run, age) => ({ run, age, at: 0 })).filter(({ run }) => run.length > 0);
    for (let i = this.heads.length >> 1; i >= 0; i -= 1) this.sink(i);
  }

  next(): { item: T } | undefined {
    const [top] = this.heads;
    if (!top) return undefined;
    const item = top.run[top.at] as T;
    top.at += 1;
    if (top.at === top.run.length) this.dropTop();
    this.sink(0);
    return { item };
  }

  private dropTop(): void {
    const last = this.heads.pop() as Head<T>;
    if (this.heads.length > 0) this.heads[0] = last;
  }

  private sink(start: number): void {
    let at = start;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.heads.length && this.isBefore(child, least)) least = child;
      if (least === at) return;
      const moved = this.heads[at] as Head<T>;
      this.heads[at] = this.heads[least] as Head<T>;
      this.heads[least] = moved;
      at = least;
    }
  }

  private isBefore(i: number, j: number): boolean {
    const [a, b] = [this.heads[i] as Head<T>, this.heads[j] as Head<T>];
    return (this.compare(a.run[a.at] as T, b.run[b.at] as T) || a.age - b.age) < 0;
  }
}
