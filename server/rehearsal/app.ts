import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';

import { isLoopbackHost, onlyLoopback, refuseCrossSite } from './guard.ts';
import { INSTANCE } from './mastodon/account.ts';
import { createApi as createMastodonApi } from './mastodon/api.ts';
import { createMastodonControl } from './mastodon/control.ts';
import type { MastodonNetwork } from './mastodon/network.ts';
import { createPages as createMastodonPages } from './mastodon/pages.ts';
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
}

const X_HOSTS = ['api.x.com', 'api.twitter.com', 'upload.x.com', 'upload.twitter.com'];
const X_PATHS = /^\/2\//;
const MASTODON_PATHS = /^\/(api\/v\d+\/|oauth\/(token|revoke)$)/;

/** Which network a request is for is told by its Host header; people and programs behind the stage ask for localhost. */
export function createRehearsalApp({ x, mastodon }: Networks): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(onlyFor({ hosts: X_HOSTS, paths: X_PATHS }, createXApi(x.world)));
  app.use(onlyFor({ hosts: [INSTANCE], paths: MASTODON_PATHS }, createMastodonApi(mastodon.world)));
  app.use(onlyLoopback);
  app.get(['/', '/rehearsal'], (_request, response) => response.redirect(303, '/rehearsal/x'));
  app.use(createStyles());
  app.use(createXPages(x.world, x.network));
  app.use('/rehearsal/x', refuseCrossSite, createXControl(x.network));
  app.use(createMastodonPages(mastodon.world, mastodon.network));
  app.use('/rehearsal/mastodon', refuseCrossSite, createMastodonControl(mastodon.network));
  return app;
}

/** The API also answers under the machine's own names, for a look with curl. */
function onlyFor({ hosts, paths }: { hosts: readonly string[]; paths: RegExp }, router: Router) {
  return (request: Request, response: Response, next: NextFunction) => {
    const { host = '' } = request.headers;
    const isMeant = (hosts.includes(host) || isLoopbackHost(host)) && paths.test(request.path);
    if (isMeant) router(request, response, next);
    else next();
  };
}
