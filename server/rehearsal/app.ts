import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import { createApi as createBlueskyApi } from './bluesky/api.ts';
import { createBlueskyControl } from './bluesky/control.ts';
import type { BlueskyNetwork } from './bluesky/network.ts';
import { createBlueskyPages } from './bluesky/pages.ts';
import type { BlueskyWorld } from './bluesky/world.ts';
import { isLoopbackHost, onlyLoopback, refuseCrossSite } from './guard.ts';
import { createApi as createMastodonApi } from './mastodon/api.ts';
import { createMastodonControl } from './mastodon/control.ts';
import type { MastodonNetwork } from './mastodon/network.ts';
import { createMastodonPages } from './mastodon/pages.ts';
import type { MastodonWorld } from './mastodon/world.ts';
import { createStyles } from './pages/routes.ts';
import { createApi as createXApi } from './x/api.ts';
import { createXControl } from './x/control.ts';
import type { XNetwork } from './x/network.ts';
import { createPages as createXPages } from './x/pages/routes.ts';
import type { XWorld } from './x/world.ts';

export interface Networks {
  x: { world: XWorld; network: XNetwork };
  mastodon: { world: MastodonWorld; network: MastodonNetwork };
  bluesky: { world: BlueskyWorld; network: BlueskyNetwork };
}

const X_HOSTS = ['api.x.com', 'api.twitter.com', 'upload.x.com', 'upload.twitter.com'];
const MASTODON_PATHS = /^\/(api\/v\d+\/|oauth\/(token|revoke)$)/;

/** Which network a request is for is told by its Host header and path; people behind the stage ask for localhost. */
export function createRehearsalApp({ x, mastodon, bluesky }: Networks): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(onlyFor(isXHost, /^\/2\//, createXApi(x.world)));
  app.use(onlyFor(isServer, MASTODON_PATHS, createMastodonApi(mastodon.world)));
  app.use(onlyFor(isServer, /^\/xrpc\//, createBlueskyApi(bluesky.world)));
  app.use(onlyLoopback);
  app.get(['/', '/rehearsal'], (_request, response) => response.redirect(303, '/rehearsal/x'));
  app.use(createStyles());
  app.use(createMastodonPages(mastodon.world, mastodon.network));
  app.use(createBlueskyPages(bluesky.world, bluesky.network));
  app.use(createXPages(x.world, x.network));
  app.use('/rehearsal/x', refuseCrossSite, createXControl(x.network));
  app.use('/rehearsal/mastodon', refuseCrossSite, createMastodonControl(mastodon.network));
  app.use('/rehearsal/bluesky', refuseCrossSite, createBlueskyControl(bluesky.network));
  return app;
}

/** The API also answers under the machine's own names, for a look with curl. */
function isXHost(host: string): boolean {
  return X_HOSTS.includes(host) || isLoopbackHost(host);
}

/**
 * Accounts may be on any server. Requests that our agent carries here name the https port, and so none; a page
 * elsewhere that renames its own host to reach us has to name ours.
 */
function isServer(host: string): boolean {
  return isLoopbackHost(host) || !host.includes(':');
}

function onlyFor(isMeant: (host: string) => boolean, paths: RegExp, router: Router) {
  return (request: Request, response: Response, next: NextFunction) => {
    if (isMeant(request.headers.host ?? '') && paths.test(request.path)) router(request, response, next);
    else next();
  };
}
