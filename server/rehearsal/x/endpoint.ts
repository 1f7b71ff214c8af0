import type { Request, RequestHandler } from 'express';
import { BadBody } from '../body.ts';
import { throughFaults } from '../frame.ts';
import type { Reply } from '../strike.ts';
import type { XAccount } from './account.ts';
import { authenticate } from './authenticate.ts';
import { dialect } from './dialect.ts';
import type { EndpointName } from './endpoint-names.ts';
import { invalidRequest, tooManyRequests, XProblem } from './problem.ts';
import type { XWorld } from './world.ts';

/** What an endpoint is handed. */
export interface OpenCall {
  world: XWorld;
  param: (name: string) => string;
  query: URLSearchParams;
  authorization: string;
  contentType: string;
  body: Buffer;
}

export interface Call extends OpenCall {
  caller: { account: XAccount };
}

/** What an endpoint did; the last two are for the ledger. */
export interface Answer {
  status: number;
  body: unknown;
  postId?: string;
  text?: string;
}

export interface Endpoint {
  name: EndpointName;
  scopes: readonly string[];
  /** Throws XProblem to refuse. */
  act: (call: Call) => Answer;
}

/** An endpoint that looks after authentication itself and knows no limits. */
export interface OpenEndpoint {
  name: EndpointName;
  act: (call: OpenCall) => Reply;
}

/** Puts the outside world around an endpoint: faults, authentication, limits, the ledger and the answer. */
export function serve(world: XWorld, endpoint: Endpoint): RequestHandler {
  return throughFaults(world, {
    name: endpoint.name,
    dialect,
    perform(request, entry) {
      const headers: Record<string, string> = {};
      try {
        const account = authenticate(world, request, endpoint.scopes);
        entry.username = account.username;
        const spent = world.limits.spend(endpoint.name, account.userId, world.clock.now());
        Object.assign(headers, spent.headers);
        if (spent.isExceeded) throw tooManyRequests();
        const done = endpoint.act({ ...toCall(world, request), caller: { account } });
        Object.assign(entry, { hasActed: true, postId: done.postId ?? null, text: done.text ?? null });
        return { status: done.status, body: done.body, headers };
      } catch (error) {
        return refused(error, headers);
      }
    },
  });
}

/** Serves an endpoint that needs no account. */
export function serveOpenly(world: XWorld, endpoint: OpenEndpoint): RequestHandler {
  return throughFaults(world, {
    name: endpoint.name,
    dialect,
    perform(request, entry) {
      try {
        const reply = endpoint.act(toCall(world, request));
        entry.hasActed = reply.status < 400;
        return reply;
      } catch (error) {
        return refused(error, {});
      }
    },
  });
}

/** Throws on whatever is not a refusal. */
function refused(error: unknown, headers: Record<string, string>): Reply {
  const problem = error instanceof BadBody ? invalidRequest(error.message) : error;
  if (!(problem instanceof XProblem)) throw error;
  return { status: problem.body.status, body: problem.body, headers };
}

function toCall(world: XWorld, request: Request): OpenCall {
  return {
    world,
    param: (name) => String(request.params[name] ?? ''),
    query: new URL(request.originalUrl, 'https://api.x.com').searchParams,
    authorization: request.get('authorization') ?? '',
    contentType: request.get('content-type') ?? '',
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}
