import { owner } from './find.ts';
import type { Invocation } from './invocation.ts';

/** A short list of encoded documents as a cursor. */
export function cursorOf(
  invocation: Invocation,
  namespace: string,
  items: readonly Uint8Array[],
): Promise<Buffer> {
  const cursor = invocation.object('cursor');
  const size = cursor?.batchSize ?? invocation.plain.batchSize;
  return invocation.runtime.cursors.start({
    ...{ namespace, steps: items[Symbol.iterator](), single: false },
    batchSize: typeof size === 'number' ? size : undefined,
    ...{ deadline: invocation.deadline, session: owner(invocation) },
  });
}
