import { jsonToLex, lexicons } from '@atproto/api';
import type { Request, RequestHandler } from 'express';
import { throughFaults } from '../frame.ts';
import type { LedgerRequest } from '../ledger.ts';
import type { Reply } from '../strike.ts';
import type { BlueskyAccount } from './account.ts';
import type { EndpointName } from './endpoint-names.ts';
import { readParams } from './params.ts';
import { authMissing, dialect, invalidRequest, rateLimitExceeded, XrpcRefusal } from './refusal.ts';
import { accountOfToken } from './tokens.ts';
import type { BlueskyWorld } from './world.ts';

/** What a method is handed. */
export interface OpenCall {
  world: BlueskyWorld;
  /** Checked against the lexicon. */
  params: Record<string, unknown>;
  /** JSON, checked against the lexicon; undefined where the method takes none. */
  input: unknown;
  bytes: Buffer;
  contentType: string;
  /** What stands behind Bearer; empty without. */
  token: string;
}

export interface Call extends OpenCall {
  account: BlueskyAccount;
}

/** What a method did; the last two are for the ledger. */
export interface Answer {
  /** undefined: success without a body. */
  body: unknown;
  postId?: string;
  text?: string;
  username?: string;
}

/** A method by the name of its lexicon. `act` throws XrpcRefusal to refuse. */
export type Method = { nsid: `${string}.${EndpointName}` } & (
  | { needs: 'session'; act: (call: Call) => Answer }
  | { needs: 'nothing'; act: (call: OpenCall) => Answer }
);

/** Puts the outside world around a method: faults, lexicon, session, limits, the ledger and the answer. */
export function serve(world: BlueskyWorld, method: Method): RequestHandler {
  const name = nameOf(method);
  return throughFaults(world, {
    name,
    dialect,
    perform(request, entry) {
      const headers: Record<string, string> = {};
      try {
        const done = perform(world, method, { request, entry, headers });
        return { status: 200, body: done.body, headers };
      } catch (error) {
        if (!(error instanceof XrpcRefusal)) throw error;
        return { status: error.status, body: error.body, headers };
      }
    },
  });
}

function nameOf({ nsid }: Method): EndpointName {
  return nsid.split('.').at(-1) as EndpointName;
}

interface Asked {
  request: Request;
  entry: LedgerRequest;
  headers: Reply['headers'];
}

function perform(world: BlueskyWorld, method: Method, { request, entry, headers }: Asked): Answer {
  const token = /^Bearer\s+(\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
  const account = method.needs === 'session' ? accountOf(world, token) : null;
  entry.username = account?.username ?? null;
  if (account) {
    const spent = world.limits.spend(nameOf(method), account.did, world.clock.now());
    Object.assign(headers, spent.headers);
    if (spent.isExceeded) throw rateLimitExceeded();
  }
  const call = { ...toCall(world, method.nsid, request), token };
  const done =
    method.needs === 'session' ? method.act({ ...call, account: accountOf(world, token) }) : method.act(call);
  const { postId = null, text = null, username = entry.username } = done;
  Object.assign(entry, { hasActed: true, postId, text, username });
  return done;
}

function accountOf(world: BlueskyWorld, token: string): BlueskyAccount {
  if (token === '') throw authMissing();
  return accountOfToken(world, token);
}

function toCall(world: BlueskyWorld, nsid: string, request: Request): Omit<OpenCall, 'token'> {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const query = new URL(request.originalUrl, 'https://bsky.social').searchParams;
  return {
    world,
    params: request.method === 'GET' ? readParams(nsid, query) : {},
    input: readInput(nsid, bytes),
    bytes,
    contentType: request.get('content-type') ?? '',
  };
}

/** Reads the body where the lexicon wants JSON. Throws InvalidRequest when it is none, or another. */
function readInput(nsid: string, bytes: Buffer): unknown {
  const definition = lexicons.getDefOrThrow(nsid);
  const encoding = definition.type === 'procedure' ? definition.input?.encoding : undefined;
  if (encoding !== 'application/json') return undefined;
  const input = parse(bytes);
  try {
    lexicons.assertValidXrpcInput(nsid, jsonToLex(input as never));
  } catch (error) {
    throw invalidRequest((error as Error).message);
  }
  return input;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new XrpcRefusal(400, 'SyntaxError', (error as Error).message);
  }
}
