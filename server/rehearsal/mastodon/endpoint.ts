import type { Request, RequestHandler } from 'express';
import { BadBody } from '../body.ts';
import { throughFaults } from '../frame.ts';
import type { LedgerRequest } from '../ledger.ts';
import type { Reply } from '../strike.ts';
import type { MastodonAccount } from './account.ts';
import { createDialect, errorReply } from './dialect.ts';
import type { EndpointName } from './endpoint-names.ts';
import type { AccessToken } from './events.ts';
import { fromPairs, type Parameters, readParameters } from './parameters.ts';
import { invalid, invalidToken, MastodonProblem, outOfScope, tooMany } from './problem.ts';
import type { MastodonWorld } from './world.ts';

/** What an endpoint is handed. */
export interface OpenCall {
  world: MastodonWorld;
  param: (name: string) => string;
  query: Parameters;
  header: (name: string) => string;
  parameters: Parameters;
}

export interface Call extends OpenCall {
  account: MastodonAccount;
  token: AccessToken;
}

/** What an endpoint did; the last two are for the ledger. */
export interface Answer {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
  postId?: string;
  text?: string;
}

interface Endpoint {
  name: EndpointName;
  /** What the token must allow. */
  scope: string;
  /** Throws MastodonProblem to refuse. */
  act: (call: Call) => Answer;
}

/** Puts the outside world around an endpoint: faults, authentication, limits, the ledger and the answer. */
export function serve(world: MastodonWorld, endpoint: Endpoint): RequestHandler {
  return around(world, endpoint.name, (call, entry, headers) => {
    const { account, token } = authenticate(world, call.header('authorization'), endpoint.scope);
    entry.username = account.username;
    const spent = world.limits.spend(endpoint.name, account.userId, world.clock.now());
    Object.assign(headers, spent.headers);
    if (spent.isExceeded) throw tooMany();
    return endpoint.act({ ...call, account, token });
  });
}

/** Serves an endpoint that needs no account. */
export function serveOpenly(
  world: MastodonWorld,
  { name, act }: { name: EndpointName; act: (call: OpenCall) => Answer },
): RequestHandler {
  return around(world, name, act);
}

function around(
  world: MastodonWorld,
  name: EndpointName,
  act: (call: OpenCall, entry: LedgerRequest, headers: Record<string, string>) => Answer,
): RequestHandler {
  return throughFaults(world, {
    name,
    dialect: createDialect(world),
    perform(request, entry): Reply {
      const headers: Record<string, string> = {};
      try {
        const done = act(toCall(world, request), entry, headers);
        Object.assign(entry, { hasActed: true, postId: done.postId ?? null, text: done.text ?? null });
        return { status: done.status ?? 200, body: done.body, headers: { ...headers, ...done.headers } };
      } catch (error) {
        const problem = error instanceof BadBody ? invalid(error.message) : error;
        if (!(problem instanceof MastodonProblem)) throw error;
        return errorReply(world, problem, headers);
      }
    },
  });
}

function authenticate({ registry }: MastodonWorld, authorization: string, scope: string) {
  const accessToken = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? '';
  const token = registry.token(accessToken);
  const account = token && registry.account(token.userId);
  if (!token || !account) throw invalidToken();
  // A broad scope such as `read` holds all narrow ones.
  const isAllowed = token.scopes.some((granted) => granted === scope || scope.startsWith(`${granted}:`));
  if (!isAllowed) throw outOfScope();
  return { account, token };
}

function toCall(world: MastodonWorld, request: Request): OpenCall {
  const { searchParams } = new URL(request.originalUrl, 'https://rehearsal.example');
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return {
    world,
    param: (name) => String(request.params[name] ?? ''),
    query: fromPairs([...searchParams]),
    header: (name) => request.get(name) ?? '',
    parameters: readParameters(request.get('content-type') ?? '', body),
  };
}
