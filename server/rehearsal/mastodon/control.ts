import express, { Router } from 'express';
import { createControl } from '../control.ts';
import type { AccountInput } from './account.ts';
import type { MakeInput } from './make.ts';
import type { MastodonNetwork, PostInput } from './network.ts';

/** The control of Mastodon: that of every network, and which make of server it is. */
export function createMastodonControl(network: MastodonNetwork): Router {
  const control = Router();
  const common = createControl({
    ...network,
    openAccount: (input) => network.registerAccount(input as AccountInput),
    publishBackdated: (input) => network.publishBackdated(input as PostInput),
  });
  control.put('/make', express.json(), (request, response) => {
    network.setMake(request.body as MakeInput);
    response.status(204).end();
  });
  control.use(common);
  return control;
}
