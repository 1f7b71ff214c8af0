import type { IncomingHttpHeaders } from 'node:http';
import type { Agent } from 'node:https';
import { z } from 'zod';
import { type Exchange, exchangeOverHttps, readJson } from '../https-exchange.ts';
import { type Unanswered, withoutSecrets } from '../unanswered.ts';

export interface MastodonOptions {
  /** Carries the requests of a rehearsal; else each opens a connection of its own to a public address. */
  agent?: Agent;
  /** For a whole exchange, from the first byte to the last. */
  timeoutMs?: number;
  /** Between two looks at an image that the server still prepares. */
  pollMs?: number;
  /** Where people look at posts and agree to connect, in a rehearsal; else the account's own server. */
  pagesAt?: string;
  now?: () => Date;
}

export type MastodonSettings = Required<Omit<MastodonOptions, 'agent' | 'pagesAt'>> &
  Pick<MastodonOptions, 'agent' | 'pagesAt'>;

/** What came back for one request, before anybody decides what it means. */
export type Answer =
  | (Unanswered & { status?: number })
  /** A status that is no success; `words` are the server's own, null when it said none that we know. */
  | { kind: 'denied'; status: number; headers: IncomingHttpHeaders; words: string | null };

export interface Question {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Beginning with a slash, with its query. */
  path: string;
  /** An object is sent as JSON. */
  body?: object | URLSearchParams | FormData;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

interface Asker {
  instance: string;
  accessToken?: string;
  /** Never said again, whatever an answer quotes. */
  secrets?: readonly string[];
}

/** Makes exactly one request of a server and says what came back; follows no redirect; never throws. */
export async function ask(settings: MastodonSettings, asker: Asker, question: Question): Promise<Answer> {
  const deadline = AbortSignal.timeout(settings.timeoutMs);
  const signal = question.signal ? AbortSignal.any([question.signal, deadline]) : deadline;
  const { body, headers } = await encode(question.body);
  const { accessToken } = asker;
  const came = await exchangeOverHttps({
    url: new URL(`https://${asker.instance}${question.path}`),
    method: question.method,
    headers: {
      accept: 'application/json',
      'user-agent': 'Rejoinder',
      ...headers,
      ...question.headers,
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body,
    agent: settings.agent,
    signal,
  });
  if (came.kind === 'silent') {
    return deadline.aborted ? { ...came, reason: `no answer within ${settings.timeoutMs} ms` } : came;
  }
  return toAnswer(came, [accessToken ?? '', ...(asker.secrets ?? [])].filter(Boolean));
}

async function encode(body: Question['body']) {
  if (body === undefined) return { body: null, headers: {} };
  const isForm = body instanceof FormData || body instanceof URLSearchParams;
  const encoded = new Response(isForm ? body : JSON.stringify(body));
  const bytes = Buffer.from(await encoded.arrayBuffer());
  const contentType = isForm ? (encoded.headers.get('content-type') ?? '') : 'application/json';
  return {
    body: bytes,
    headers: { 'content-type': contentType, 'content-length': String(bytes.length) },
  };
}

/** Some servers answer with pages, or with nothing. */
function toAnswer(came: Exclude<Exchange, { kind: 'silent' }>, secrets: readonly string[]): Answer {
  const { status, headers } = came;
  const body = came.kind === 'whole' ? readJson(came.body) : undefined;
  if (status < 200 || status > 299) return { kind: 'denied', status, headers, words: wordsOf(body, secrets) };
  return came.kind === 'cut' ? { kind: 'cut', status } : { kind: 'answered', status, body };
}

const problem = z.object({ error: z.string(), error_description: z.string().optional() });

function wordsOf(body: unknown, secrets: readonly string[]): string | null {
  const said = problem.safeParse(body).data;
  return said ? withoutSecrets(said.error_description ?? said.error, secrets) : null;
}
