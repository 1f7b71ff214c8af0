import type { Router } from 'express';
import { type Agreeing, allow, askToAllow } from '../../pages/authorize.ts';
import { createScenePages } from '../../pages/routes.ts';
import type { XNetwork } from '../network.ts';
import { createXScene } from '../scene.ts';
import type { XWorld } from '../world.ts';

const AUTHORIZE = '/i/oauth2/authorize';

const permissions = {
  'tweet.read': 'See posts',
  'tweet.write': 'Publish and delete posts',
  'users.read': 'See the profile',
  'media.write': 'Upload pictures and films',
  'offline.access': 'Stay connected until you disconnect it',
};

/** The pages of X: those of every network, the addresses of X itself, and its page for agreeing to an app. */
export function createPages(world: XWorld, network: XNetwork): Router {
  const { pages, show, form } = createScenePages(createXScene(world, network));
  pages.get(['/:username/status/:id', '/i/web/status/:id'], (request, response) =>
    response.redirect(303, `/rehearsal/x/posts/${encodeURIComponent(String(request.params.id))}`),
  );
  const agreeing: Agreeing = {
    action: AUTHORIZE,
    permissions,
    accounts: network.accounts,
    knowsApp: (clientId) => clientId === world.registry.app?.clientId,
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
