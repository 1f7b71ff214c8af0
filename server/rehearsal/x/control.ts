import { Router } from 'express';
import { createControl } from '../control.ts';
import type { AccountInput } from './account.ts';
import type { PostInput } from './backdated-post.ts';
import type { XNetwork } from './network.ts';

/** The control of X: that of every network, and the keys of its app. */
export function createXControl(network: XNetwork): Router {
  const control = Router();
  control.get('/app', (_request, response) => void response.json(network.app()));
  control.use(
    createControl({
      ...network,
      async openAccount(input) {
        const keys = await network.registerAccount(input as AccountInput);
        return { ...keys, credential: keys.oauth1 };
      },
      publishBackdated: (input) => network.publishBackdated(input as PostInput),
    }),
  );
  return control;
}
