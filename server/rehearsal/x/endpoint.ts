import type { Request, RequestHandler } from 'express';
import { nameFault } from '../faults.ts';
import type { LedgerRequest } from '../ledger.ts';
import type { XAccount } from './account.ts';
import { authenticate } from './authenticate.ts';
import type { EndpointName } from './endpoint-names.ts';
import { tooManyRequests, XProblem } from './problem.ts';
import { type Reply, send, statusOf, strike } from './strike.ts';
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

type Perform = (call: OpenCall, request: Request, entry: LedgerRequest) => Reply;

/** Puts the outside world around an endpoint: faults, authentication, limits, the ledger and the answer. */
export function serve(world: XWorld, endpoint: Endpoint): RequestHandler {
  return throughFaults(world, endpoint.name, (call, request, entry) => {
    const headers: Record<string, string> = {};
    try {
      const account = authenticate(world, request, endpoint.scopes);
      entry.username = account.username;
      const spent = world.limits.spend(endpoint.name, account.userId, world.clock.now());
      Object.assign(headers, spent.headers);
      if (spent.isExceeded) throw tooManyRequests();
      const done = endpoint.act({ ...call, caller: { account } });
      Object.assign(entry, { hasActed: true, postId: done.postId ?? null, text: done.text ?? null });
      return { status: done.status, body: done.body, headers };
    } catch (error) {
      if (!(error instanceof XProblem)) throw error;
      return { status: error.body.status, body: error.body, headers };
    }
  });
}

/** Serves an endpoint that needs no account. */
export function serveOpenly(world: XWorld, endpoint: OpenEndpoint): RequestHandler {
  return throughFaults(world, endpoint.name, (call, _request, entry) => {
    const reply = endpoint.act(call);
    entry.hasActed = reply.status < 400;
    return reply;
  });
}

function throughFaults(world: XWorld, name: EndpointName, perform: Perform): RequestHandler {
  return async (request, response) => {
    const fault = world.faults.draw(name);
    const entry = newEntry(world, name, fault && nameFault(fault));
    const now = world.clock.now();
    if (fault?.moment === 'before' && (await strike(fault, response, now))) {
      await enter(world, request, { ...entry, status: statusOf(fault) });
      return;
    }
    const reply = perform(toCall(world, request), request, entry);
    await enter(world, request, { ...entry, status: reply.status });
    if (fault?.moment === 'after' && (await strike(fault, response, now, reply))) return;
    send(response, reply);
  };
}

/** Enters a request that wanted to change something, and waits until all of it is safely on disk. */
async function enter(world: XWorld, request: Request, entry: LedgerRequest): Promise<void> {
  if (request.method !== 'GET') world.journal.record({ type: 'request-answered', request: entry });
  await world.journal.settled();
}

function newEntry(world: XWorld, endpoint: EndpointName, fault: string | null): LedgerRequest {
  return {
    at: new Date(world.clock.now()).toISOString(),
    endpoint,
    username: null,
    text: null,
    hasActed: false,
    status: null,
    postId: null,
    fault,
  };
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
