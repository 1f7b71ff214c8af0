import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type Agent, request } from 'node:https';
import type { TLSSocket } from 'node:tls';

export interface ExchangeRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body?: Uint8Array | undefined;
  agent: Agent;
  signal: AbortSignal;
}

/** All that one request came to, whatever that is. */
export type Exchange =
  | { kind: 'whole'; status: number; headers: IncomingHttpHeaders; body: Buffer }
  /** A status, but its body broke off or was too long. */
  | { kind: 'cut'; status: number }
  /** `wasConnected` false: certain that nothing has left. */
  | { kind: 'silent'; wasConnected: boolean; reason: string };

/** More than any answer of a network that speaks to us; a hostile server may send without end. */
const MOST_BYTES = 10_000_000;

/**
 * Makes exactly one https request, without following redirects, and tells afterwards whether any of it can have
 * left: nothing is written before the connection, and its encryption, stand. Never throws.
 */
export function exchangeOverHttps({
  url,
  method,
  headers,
  body,
  agent,
  signal,
}: ExchangeRequest): Promise<Exchange> {
  let wasConnected = false;
  return new Promise((resolve) => {
    const silent = (error: Error) => resolve({ kind: 'silent', wasConnected, reason: nameOf(error) });
    // Without it a cut compressed body would have to be told from a whole one.
    const plain = { ...headers, 'accept-encoding': 'identity' };
    const outgoing = request(url, { method, headers: plain, agent, signal }, (incoming) => {
      readWhole(incoming).then(
        (whole) =>
          resolve({
            kind: 'whole',
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: whole,
          }),
        () => resolve({ kind: 'cut', status: incoming.statusCode ?? 0 }),
      );
    });
    outgoing.once('socket', (socket) => {
      const isEncrypted = (socket as TLSSocket).encrypted === true;
      if (!socket.connecting && !isEncrypted) wasConnected = true;
      socket.once(isEncrypted ? 'secureConnect' : 'connect', () => {
        wasConnected = true;
      });
    });
    outgoing.once('error', silent);
    outgoing.end(body);
  });
}

async function readWhole(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new RangeError('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A system error's own name (ECONNRESET, ENOTFOUND): never its message, which may quote the request. */
function nameOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.name;
}
