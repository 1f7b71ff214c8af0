import type { Router } from 'express';
import { createControl } from '../control.ts';
import type { AccountInput } from './account.ts';
import type { PostInput } from './backdated-post.ts';
import type { BlueskyNetwork } from './network.ts';

/** The control of Bluesky. */
export function createBlueskyControl(network: BlueskyNetwork): Router {
  return createControl({
    ...network,
    async openAccount(input) {
      const keys = await network.registerAccount(input as AccountInput);
      return { ...keys, credential: keys.session };
    },
    publishBackdated: (input) => network.publishBackdated(input as PostInput),
  });
}
