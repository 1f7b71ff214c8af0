import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';

import { isLoopbackHost, onlyLoopback, refuseCrossSite } from './guard.ts';
import { createStyles } from './pages/routes.ts';
import { createApi } from './x/api.ts';
import { createXControl } from './x/control.ts';
import type { XNetwork } from './x/network.ts';
import { createPages } from './x/pages/routes.ts';
import type { XWorld } from './x/world.ts';

const xHosts = ['api.x.com', 'api.twitter.com', 'upload.x.com', 'upload.twitter.com'];

/** Which network a request is for is told by its Host header; people and programs behind the stage ask for localhost. */
export function createRehearsalApp({ xWorld, x }: { xWorld: XWorld; x: XNetwork }): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(onlyFor(isXHost, createApi(xWorld)));
  app.use(onlyLoopback);
  app.get(['/', '/rehearsal'], (_request, response) => response.redirect(303, '/rehearsal/x'));
  app.use(createStyles());
  app.use(createPages(xWorld, x));
  app.use('/rehearsal/x', refuseCrossSite, createXControl(x));
  return app;
}

/** The API also answers under the machine's own names, for a look with curl. */
function isXHost(host: string): boolean {
  return xHosts.includes(host) || isLoopbackHost(host);
}

function onlyFor(isMeant: (host: string) => boolean, router: Router) {
  return (request: Request, response: Response, next: NextFunction) => {
    if (isMeant(request.headers.host ?? '') && request.path.startsWith('/2/'))
      router(request, response, next);
    else next();
  };
}
