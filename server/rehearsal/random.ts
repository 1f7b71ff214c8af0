/** A number in [0, 1) that depends on nothing but its parts (cyrb53, 53 bits): chance that can be repeated. */
export function fraction(...parts: readonly (string | number)[]): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const char of parts.join('\u0000')) {
    const code = char.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)) / 2 ** 53;
}

/** A number between `from` and `to`, evenly spread. */
export function between(from: number, to: number, ...parts: readonly (string | number)[]): number {
  return from + (to - from) * fraction(...parts);
}

/** One of the items; throws on an empty list. */
export function pick<Item>(items: readonly Item[], ...parts: readonly (string | number)[]): Item {
  const item = items[Math.floor(fraction(...parts) * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
