export type Nested = { [key: string]: NestedValue };
type NestedValue = string | string[] | Nested | Nested[];

const NAME = /^[a-z_][\w-]*(?:\[\d{1,3}\]|\.[a-z_][\w-]*)*$/i;
const MOST_STEPS = 6;
const MOST_ROWS = 200;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Turns `{ 'risks[0].likelihood': '3' }` into `{ risks: [{ likelihood: '3' }] }`. Rows in which nothing was typed
 * are left out and the others move up; names that no form of ours has are ignored.
 */
export function unflatten(body: Readonly<Record<string, string | string[]>>): Nested {
  const root: Nested = {};
  for (const [name, value] of Object.entries(body)) {
    const steps = stepsOf(name);
    if (steps) place(root, steps, value);
  }
  return closeUp(root) as Nested;
}

function stepsOf(name: string): (string | number)[] | undefined {
  if (!NAME.test(name)) return undefined;
  const steps = [...name.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map((match) =>
    match[1] === undefined ? match[0] : Number(match[1]),
  );
  const isFine = steps.length <= MOST_STEPS && !steps.some((step) => FORBIDDEN.has(String(step)));
  return isFine && !steps.some((step) => typeof step === 'number' && step >= MOST_ROWS) ? steps : undefined;
}

function place(root: Nested, steps: readonly (string | number)[], value: string | string[]): void {
  let spot = root as Record<string | number, unknown>;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    const isRow = typeof steps[index + 1] === 'number';
    const inner = spot[step];
    if (inner === undefined || typeof inner !== 'object') spot[step] = isRow ? [] : {};
    spot = spot[step] as Record<string | number, unknown>;
  }
  spot[steps.at(-1) as string] = value;
}

function closeUp(value: NestedValue): NestedValue {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'string')) return value;
    return (value as Nested[])
      .filter((row) => row !== undefined && !isBlank(row))
      .map((row) => closeUp(row) as Nested);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closeUp(inner)]));
}

function isBlank(value: NestedValue): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return Object.values(value).every((inner) => isBlank(inner as NestedValue));
}
