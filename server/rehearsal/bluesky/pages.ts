import type { Router } from 'express';
import { createScenePages } from '../pages/routes.ts';
import type { BlueskyNetwork } from './network.ts';
import { POSTS } from './post-record.ts';
import { createBlueskyScene, keyOfAddress, PATH } from './scene.ts';
import type { BlueskyWorld } from './world.ts';
import { addressOf } from './write-record.ts';

/** The pages of Bluesky: those of every network, and the addresses under which its own app shows a post. */
export function createBlueskyPages(world: BlueskyWorld, network: BlueskyNetwork): Router {
  const { pages } = createScenePages(createBlueskyScene(world, network));
  pages.get('/profile/:actor/post/:recordKey', (request, response) => {
    const { actor, recordKey } = request.params;
    const did = world.registry.account(actor)?.did ?? actor;
    const key = keyOfAddress(addressOf(did, POSTS, recordKey));
    response.redirect(303, `${PATH}/posts/${encodeURIComponent(key)}`);
  });
  return pages;
}
