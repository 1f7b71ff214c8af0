import type { Agent } from 'node:https';
import { lexicons } from '@atproto/api';
import { XrpcClient } from '@atproto/xrpc';
import { type Exchange, exchangeOverHttps, readJson } from '../https-exchange.ts';
import { type Answer, readProblem } from './answer.ts';
import type { BlueskyCredential } from './credential.ts';

export interface BlueskyOptions {
  /** Carries the requests of a rehearsal; else each opens a connection of its own to a public address. */
  agent?: Agent;
  /** For a whole exchange, from the first byte to the last. */
  timeoutMs?: number;
  /** Where people look at posts. */
  pagesAt?: string;
  now?: () => Date;
}

export type BlueskySettings = Required<Omit<BlueskyOptions, 'agent'>> & Pick<BlueskyOptions, 'agent'>;

/** One call of a method that the lexicons define. */
export interface Call {
  method: string;
  params?: Record<string, unknown>;
  /** JSON, or bytes with their type. */
  data?: unknown;
  encoding?: string;
  signal?: AbortSignal | undefined;
}

/** Makes exactly one request as this account and says what came back; never throws for what a network can do. */
export function ask(settings: BlueskySettings, own: BlueskyCredential, call: Call): Promise<Answer> {
  const target = { server: own.pds ?? own.instance, token: own.accessToken };
  return exchange(settings, { ...target, secrets: [own.accessToken, own.refreshToken] }, call);
}

/** Like `ask`, for the requests that open or renew a session. */
export async function exchange(
  settings: BlueskySettings,
  { server, token, secrets }: { server: string; token: string | null; secrets: readonly string[] },
  call: Call,
): Promise<Answer> {
  const deadline = AbortSignal.timeout(settings.timeoutMs);
  const signal = call.signal ? AbortSignal.any([call.signal, deadline]) : deadline;
  let came: Exchange | null = null;
  const client = new XrpcClient(async (path, init) => {
    came = await exchangeOverHttps({
      url: new URL(path, `https://${server}`),
      method: init.method ?? 'GET',
      headers: {
        'user-agent': 'Rejoinder',
        ...Object.fromEntries(new Headers(init.headers)),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: init.body as Uint8Array | undefined,
      agent: settings.agent,
      signal,
    });
    return toResponse(came);
  }, lexicons);
  // The client folds statuses together and checks answers by its own age; what came is read here instead.
  await client.call(call.method, call.params as never, call.data, optionsOf(call)).catch(() => null);
  return toAnswer(came, { secrets, late: deadline.aborted ? settings.timeoutMs : null });
}

const optionsOf = ({ encoding }: Call) => (encoding ? { encoding } : {});

function toResponse(came: Exchange): Response {
  if (came.kind !== 'whole') throw new Error('no whole answer');
  return new Response(null, { status: came.status >= 200 && came.status <= 599 ? came.status : 599 });
}

function toAnswer(
  came: Exchange | null,
  { secrets, late }: { secrets: readonly string[]; late: number | null },
): Answer {
  if (!came) return { kind: 'silent', wasConnected: false, reason: 'the request could not be written' };
  if (came.kind === 'silent')
    return late === null ? came : { ...came, reason: `no answer within ${late} ms` };
  if (came.kind === 'cut') return came;
  const body = readJson(came.body);
  if (came.status < 200 || came.status > 299) {
    return {
      kind: 'denied',
      status: came.status,
      headers: came.headers,
      problem: readProblem(body, secrets),
    };
  }
  // Some methods succeed with an empty body.
  if (body === undefined && came.body.length > 0) return { kind: 'cut', status: came.status };
  return { kind: 'answered', body };
}
