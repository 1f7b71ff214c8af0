import { indexLibrary as run } from '../server/actions/index-library.ts';
import type { Handlers } from '../server/queue.ts';

/** Makes findable what came into the library by import or from an earlier version. */
export function indexLibrary(): Handlers['index-library'] {
  return async (_payload, signal) => run(signal);
}
