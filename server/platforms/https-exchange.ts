import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { isIP } from 'node:net';
import { Line, nameOfError } from './line.ts';
import { lookupPublic } from './public-lookup.ts';

export interface ExchangeRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body?: Uint8Array | null | undefined;
  /** Carries a rehearsal's requests; without it a connection of its own, to a public address only. */
  agent?: Agent | undefined;
  signal: AbortSignal;
}

/** All that one request came to, whatever that is. */
export type Exchange =
  | { kind: 'whole'; status: number; headers: IncomingHttpHeaders; body: Buffer }
  /** A status, but its body broke off or was too long. */
  | { kind: 'cut'; status: number; headers: IncomingHttpHeaders }
  /** `wasConnected` false: certain that nothing has left. */
  | { kind: 'silent'; wasConnected: boolean; reason: string };

/** Servers like to answer with whole conversations; nothing that we ask for is larger. */
const LARGEST_ANSWER = 8_000_000;

/** Makes exactly one https request and says what came back; follows no redirect; never throws. */
export async function exchangeOverHttps({
  url,
  body,
  agent,
  ...options
}: ExchangeRequest): Promise<Exchange> {
  // A literal address is never looked up, so nothing would look at it.
  if (!agent && isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) {
    return { kind: 'silent', wasConnected: false, reason: 'ENOTPUBLIC' };
  }
  const line = new Line();
  const way = agent ? { agent } : { agent: new Agent({ keepAlive: false }), lookup: lookupPublic };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(url, { ...options, ...way }, resolve);
      line.watchRequest(outgoing);
      outgoing.once('error', reject);
      outgoing.end(body);
    });
    const { statusCode: status = 0, headers } = response;
    const whole = await readWhole(response).catch(() => null);
    return whole ? { kind: 'whole', status, headers, body: whole } : { kind: 'cut', status, headers };
  } catch (error) {
    return { kind: 'silent', wasConnected: line.wasConnected, reason: nameOfError(error) };
  }
}

async function readWhole(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON of a body; undefined where it is none, as with a gateway's page. */
export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
