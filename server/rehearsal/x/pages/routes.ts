import type { Router } from 'express';
import type { PageCall } from '../../pages/page-call.ts';
import { createScenePages } from '../../pages/routes.ts';
import type { XNetwork } from '../network.ts';
import { createXScene } from '../scene.ts';
import type { XWorld } from '../world.ts';
import { allow, askToAllow } from './authorize.ts';

/** The pages of X: those of every network, the addresses of X itself, and its page for agreeing to an app. */
export function createPages(world: XWorld, network: XNetwork): Router {
  const { pages, show, form } = createScenePages(
    createXScene(world, network),
    new URL('./', import.meta.url),
  );
  const ofWorld = (page: (world: XWorld, call: PageCall) => void) => show((call) => page(world, call));
  pages.get('/:username/status/:id', (request, response) =>
    response.redirect(303, `/rehearsal/x/posts/${encodeURIComponent(request.params.id ?? '')}`),
  );
  pages.get('/i/oauth2/authorize', ofWorld(askToAllow));
  pages.post('/i/oauth2/authorize', form, ofWorld(allow));
  return pages;
}
