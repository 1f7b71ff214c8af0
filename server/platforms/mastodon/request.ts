import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { z } from 'zod';
import { Line, nameOfError } from '../line.ts';
import { type Unanswered, withoutSecrets } from '../unanswered.ts';
import { lookupPublic } from './public-lookup.ts';

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

/** Servers like to answer with whole conversations; nothing that we ask for is larger. */
const LARGEST_ANSWER = 8_000_000;

/** Makes exactly one request of a server and says what came back; follows no redirect; never throws. */
export async function ask(settings: MastodonSettings, asker: Asker, question: Question): Promise<Answer> {
  const deadline = AbortSignal.timeout(settings.timeoutMs);
  const signal = question.signal ? AbortSignal.any([question.signal, deadline]) : deadline;
  const line = new Line();
  try {
    const { body, headers } = await encode(question.body);
    const { accessToken } = asker;
    const response = await send(settings, line, {
      host: asker.instance,
      method: question.method,
      path: question.path,
      headers: {
        accept: 'application/json',
        'user-agent': 'Rejoinder',
        ...headers,
        ...question.headers,
        ...(accessToken && { authorization: `Bearer ${accessToken}` }),
      },
      body,
      signal,
    });
    return await readAnswer(response, [accessToken ?? '', ...(asker.secrets ?? [])].filter(Boolean));
  } catch (error) {
    const reason = deadline.aborted ? `no answer within ${settings.timeoutMs} ms` : nameOfError(error);
    return { kind: 'silent', wasConnected: line.wasConnected, reason };
  }
}

interface Sending {
  host: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
  signal: AbortSignal;
}

function send(
  settings: MastodonSettings,
  line: Line,
  { body, ...options }: Sending,
): Promise<IncomingMessage> {
  const way = settings.agent
    ? { agent: settings.agent }
    : { agent: new Agent({ keepAlive: false }), lookup: lookupPublic };
  return new Promise((resolve, reject) => {
    const request = httpsRequest({ ...options, ...way, port: 443 }, resolve);
    line.watchRequest(request);
    request.once('error', reject);
    request.end(body);
  });
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

async function readAnswer(response: IncomingMessage, secrets: readonly string[]): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  const text = await readText(response).catch(() => null);
  const isSuccess = status >= 200 && status < 300;
  if (!isSuccess) return { kind: 'denied', status, headers, words: wordsOf(parse(text ?? ''), secrets) };
  return text === null ? { kind: 'cut', status } : { kind: 'answered', status, body: parse(text) };
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Some servers answer with pages, or with nothing: null then. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const problem = z.object({ error: z.string(), error_description: z.string().optional() });

function wordsOf(body: unknown, secrets: readonly string[]): string | null {
  const said = problem.safeParse(body).data;
  return said ? withoutSecrets(said.error_description ?? said.error, secrets) : null;
}
