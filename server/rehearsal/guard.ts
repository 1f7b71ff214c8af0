import type { NextFunction, Request, Response } from 'express';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a Host header names this machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopbackNames.has(host.replace(/:\d+$/, '').toLowerCase());
}

/** Lets only requests to this machine by name through: a page elsewhere cannot reach us by renaming its own host. */
export function onlyLoopback(request: Request, response: Response, next: NextFunction): void {
  if (isLoopbackHost(request.headers.host)) next();
  else response.status(421).json({ title: 'Misdirected Request', status: 421, detail: 'Ask for localhost.' });
}

/** Refuses what a page of another site sends through a browser. Programs send neither header. */
export function refuseCrossSite(request: Request, response: Response, next: NextFunction): void {
  if (isOwnOrigin(request)) next();
  else response.status(403).json({ title: 'Forbidden', status: 403, detail: 'Sent by another site.' });
}

function isOwnOrigin(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.get('origin');
  return origin === undefined || origin === `http://${request.headers.host}`;
}
