import type { Router } from 'express';
import { type Agreeing, allow, askToAllow } from '../pages/authorize.ts';
import { createScenePages } from '../pages/routes.ts';
import { SCOPES } from './apps.ts';
import type { MastodonNetwork } from './network.ts';
import { createMastodonScene } from './scene.ts';
import type { MastodonWorld } from './world.ts';

const AUTHORIZE = '/oauth/authorize';

/** The pages of Mastodon: those of every network, the addresses of Mastodon itself, and its page for agreeing. */
export function createMastodonPages(world: MastodonWorld, network: MastodonNetwork): Router {
  const { pages, show, form } = createScenePages(createMastodonScene(world, network));
  pages.get(['/@:username/:id', '/web/statuses/:id'], (request, response) =>
    response.redirect(303, `/rehearsal/mastodon/posts/${encodeURIComponent(String(request.params.id))}`),
  );
  const agreeing: Agreeing = {
    action: AUTHORIZE,
    permissions: SCOPES,
    accounts: network.accounts,
    knowsApp: (clientId, redirectUri) =>
      world.registry.app(clientId)?.redirectUris.includes(redirectUri) ?? false,
    codes: world.codes,
    appUrl: world.appUrl,
    now: world.clock.now,
  };
  pages.get(
    AUTHORIZE,
    show((call) => askToAllow(agreeing, call)),
  );
  pages.post(
    AUTHORIZE,
    form,
    show((call) => allow(agreeing, call)),
  );
  return pages;
}
