export const LANES = 16;

/**
 * The lane that carries every delivery of an account, from 0 to 15: so one account keeps its order.
 * FNV-1a (Fowler, Noll and Vo), 32 bits.
 */
export function laneOf(accountId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < accountId.length; index += 1) {
    hash = Math.imul(hash ^ accountId.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % LANES;
}
