/** From `at` on, the audience lives `speed` times as fast as the clock. */
export interface TempoChange {
  at: number;
  speed: number;
}

/**
 * How old a post is to the audience. Age is the speed summed over the time since the post, so that a change of
 * speed neither makes anything jump nor takes anything back.
 */
export class Tempo {
  readonly #changes: TempoChange[] = [];

  change(change: TempoChange): void {
    this.#changes.push(change);
  }

  get speed(): number {
    return this.#changes.at(-1)?.speed ?? 1;
  }

  /** Milliseconds of audience time between two moments. */
  age(fromMs: number, toMs: number): number {
    return Math.max(0, this.#lived(toMs) - this.#lived(fromMs));
  }

  /** The moment at which something that began at `fromMs` reaches `ageMs`, if the speed stays as it is. */
  moment(fromMs: number, ageMs: number): number {
    const target = this.#lived(fromMs) + ageMs;
    const later = this.#changes.findLast((change) => this.#lived(change.at) < target);
    if (!later) return target;
    return later.at + (target - this.#lived(later.at)) / later.speed;
  }

  /** Audience time since 1970; before the first change it is the clock's. */
  #lived(atMs: number): number {
    let lived = Math.min(atMs, this.#changes[0]?.at ?? atMs);
    for (const [index, change] of this.#changes.entries()) {
      const until = Math.min(atMs, this.#changes[index + 1]?.at ?? atMs);
      lived += Math.max(0, until - change.at) * change.speed;
    }
    return lived;
  }
}
