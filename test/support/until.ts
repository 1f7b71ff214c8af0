import { setTimeout as wait } from 'node:timers/promises';

/** Waits for a condition, looking often; fails with a sentence when it does not come true in time. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  { timeoutMs = 10_000, what = 'the condition' } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`${what} did not come true within ${timeoutMs} ms`);
    await wait(10);
  }
}
