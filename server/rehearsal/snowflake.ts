const EPOCH_MS = 1_288_834_974_657;
const LOW_BITS = 22n;
const LOW_MASK = (1n << LOW_BITS) - 1n;

/** A decimal id whose order is the order of time: milliseconds above, `low` (22 bits) below. */
export function snowflake(atMs: number, low: number): string {
  const since = BigInt(Math.max(0, Math.floor(atMs) - EPOCH_MS));
  return String((since << LOW_BITS) | (BigInt(Math.floor(low)) & LOW_MASK));
}

/** When an id was made, in milliseconds since 1970. */
function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> LOW_BITS) + EPOCH_MS;
}

/** Orders ids from older to newer. */
export function compareIds(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : Number(one > other);
}

export interface IdMaker {
  /** A new id for now, above every id made before. */
  next(atMs: number): string;
  /** A new id for a moment in the past. */
  backdated(atMs: number): string;
}

/** Makes ids that `isTaken` does not know yet. */
export function createIdMaker(isTaken: (id: string) => boolean): IdMaker {
  let last = '0';
  function backdated(atMs: number): string {
    let id = snowflake(atMs, 0);
    while (isTaken(id)) id = String(BigInt(id) + 1n);
    return id;
  }
  return {
    backdated,
    next(atMs) {
      const id = backdated(atMs);
      const follows = String(BigInt(last) + 1n);
      // A clock that was set back by hours is deliberate; one that slipped a little must not disturb the order.
      const isSlip = compareIds(id, last) <= 0 && snowflakeTime(last) - atMs < 60_000;
      last = isSlip ? follows : id;
      return last;
    },
  };
}
