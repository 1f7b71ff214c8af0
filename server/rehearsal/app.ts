import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import { createApi as createBlueskyApi } from './bluesky/api.ts';
import { createBlueskyControl } from './bluesky/control.ts';
import type { BlueskyNetwork } from './bluesky/network.ts';
import { createBlueskyPages } from './bluesky/pages.ts';
import type { BlueskyWorld } from './bluesky/world.ts';
import { isLoopbackHost, onlyLoopback, refuseCrossSite } from './guard.ts';
import { createStyles } from './pages/routes.ts';
import { createApi } from './x/api.ts';
import { createXControl } from './x/control.ts';
import type { XNetwork } from './x/network.ts';
import { createPages } from './x/pages/routes.ts';
import type { XWorld } from './x/world.ts';

export interface Networks {
  xWorld: XWorld;
  x: XNetwork;
  blueskyWorld: BlueskyWorld;
  bluesky: BlueskyNetwork;
}

const xHosts = ['api.x.com', 'api.twitter.com', 'upload.x.com', 'upload.twitter.com'];

/** Which network a request is for is told by its Host header; people and programs behind the stage ask for localhost. */
export function createRehearsalApp({ xWorld, x, blueskyWorld, bluesky }: Networks): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(onlyFor({ isMeant: isXHost, under: '/2/' }, createApi(xWorld)));
  app.use(onlyFor({ isMeant: isBlueskyHost, under: '/xrpc/' }, createBlueskyApi(blueskyWorld)));
  app.use(onlyLoopback);
  app.get(['/', '/rehearsal'], (_request, response) => response.redirect(303, '/rehearsal/x'));
  app.use(createStyles());
  app.use(createBlueskyPages(blueskyWorld, bluesky));
  app.use(createPages(xWorld, x));
  app.use('/rehearsal/x', refuseCrossSite, createXControl(x));
  app.use('/rehearsal/bluesky', refuseCrossSite, createBlueskyControl(bluesky));
  return app;
}

/** The API also answers under the machine's own names, for a look with curl. */
function isXHost(host: string): boolean {
  return xHosts.includes(host) || isLoopbackHost(host);
}

/**
 * Accounts may be on any server. Requests that our agent carries here name the https port, and so none; a page
 * elsewhere that renames its own host to reach us has to name ours.
 */
function isBlueskyHost(host: string): boolean {
  return isLoopbackHost(host) || !host.includes(':');
}

function onlyFor({ isMeant, under }: { isMeant: (host: string) => boolean; under: string }, router: Router) {
  return (request: Request, response: Response, next: NextFunction) => {
    if (isMeant(request.headers.host ?? '') && request.path.startsWith(under))
      router(request, response, next);
    else next();
  };
}
