/** Counts of people's answers below this are not shown (domain rule 6). */
export const SMALLEST_CELL = 10;

/** How far below their greatest possible sum hidden small counts have to stay. */
const LEEWAY = 3;

export interface Cell<Name extends string> {
  readonly name: Name;
  readonly count: number;
}

export interface ShownCell<Name extends string> {
  readonly name: Name;
  /** null: suppressed. */
  readonly count: number | null;
}

export interface ShownCells<Name extends string> {
  readonly cells: readonly ShownCell<Name>[];
  /** null: suppressed. */
  readonly total: number | null;
}

/**
 * Hides every count below ten, and further ones until the hidden counts cannot be computed back from the total:
 * at least two are hidden and together they hold at least ten, yet not nearly all that small cells could hold.
 * Which further ones is decided by the order of `hideFirst` alone, never by their size, because a choice by size
 * would give the size away.
 */
export function suppress<Name extends string>(
  cells: readonly Cell<Name>[],
  hideFirst: readonly Name[],
): ShownCells<Name> {
  const hidden = new Set(cells.filter(({ count }) => count < SMALLEST_CELL).map(({ name }) => name));
  for (const name of hideFirst) {
    if (isSafe(cells, hidden)) break;
    hidden.add(name);
  }
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  return {
    cells: cells.map(({ name, count }) => ({ name, count: hidden.has(name) ? null : count })),
    total: total < SMALLEST_CELL ? null : total,
  };
}

/** A part of a whole, both shown only when the part and what is left of the whole are large enough. */
export function suppressPart(part: number, whole: number): { part: number | null; whole: number | null } {
  const isShown = part >= SMALLEST_CELL && whole - part >= SMALLEST_CELL;
  return { part: isShown ? part : null, whole: whole >= SMALLEST_CELL ? whole : null };
}

/** Small cells alone may not come near the most that they can hold, or their sum would say that each is full. */
function isSafe<Name extends string>(cells: readonly Cell<Name>[], hidden: ReadonlySet<Name>): boolean {
  if (hidden.size === 0) return true;
  const counts = cells.filter(({ name }) => hidden.has(name)).map(({ count }) => count);
  const held = counts.reduce((sum, count) => sum + count, 0);
  const holdsLarge = counts.some((count) => count >= SMALLEST_CELL);
  const most = counts.length * (SMALLEST_CELL - 1);
  return counts.length > 1 && held >= SMALLEST_CELL && (holdsLarge || held <= most - LEEWAY);
}
