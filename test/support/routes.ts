import type { Express } from 'express';
import type { Access } from '../../server/web/middleware/access.ts';

interface Layer {
  route?: { path: string; methods: Record<string, boolean>; stack: { handle: { access?: Access } }[] };
  handle?: { stack?: Layer[] };
}

export interface WalkedRoute {
  method: string;
  path: string;
  access: Access | undefined;
}

/** Every route of the app, as the router keeps them. */
export function routesOf(app: Express): WalkedRoute[] {
  const walk = (layers: readonly Layer[]): WalkedRoute[] =>
    layers.flatMap(({ route, handle }) => {
      if (!route) return handle?.stack ? walk(handle.stack) : [];
      const access = route.stack[0]?.handle.access;
      return Object.keys(route.methods).map((method) => ({ method, path: route.path, access }));
    });
  return walk((app.router as unknown as { stack: Layer[] }).stack);
}
