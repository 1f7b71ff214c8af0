import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Wiretap {
  /** Stands in for the network's address. */
  readonly url: string;
  /** Everything secret that went through, as it was before any encoding. */
  readonly secrets: ReadonlySet<string>;
  /** Answers the next requests to these paths with a refusal that quotes what they were authorised with. */
  refuseNext(count: number, paths: RegExp): void;
  stop(): Promise<void>;
}

/** Names of fields that hold secrets, in forms, JSON and headers of all networks. */
const SECRET_FIELD =
  /^(access_?token|refresh_?token|access_?jwt|refresh_?jwt|client_secret|password|code|code_verifier|oauth_token)$/i;

/** Listens in on everything between the house and the stand-in networks at this address, and passes it on. */
export async function openWiretap(target: string): Promise<Wiretap> {
  const secrets = new Set<string>();
  let refusals = { count: 0, paths: /^$/ };
  const keep = (secret: string) => void (secret.length >= 8 && secrets.add(secret));
  const server = createServer(async (asked, answer) => {
    const body = await readWhole(asked);
    const authorization = asked.headers.authorization ?? '';
    for (const secret of [...secretsOfHeader(authorization), ...secretsOfBody(body)]) keep(secret);
    if (refusals.count > 0 && refusals.paths.test(asked.url ?? '')) {
      refusals = { ...refusals, count: refusals.count - 1 };
      refuse(answer, `${authorization} ${body.toString('utf8')}`);
      return;
    }
    const { hostname, port } = new URL(target);
    const { method, url: path, headers } = asked;
    const onward = request({ hostname, port, method, path, headers }, async (came) => {
      const given = await readWhole(came);
      for (const secret of secretsOfBody(given)) keep(secret);
      const endsSoon = Buffer.from(
        given.toString('latin1').replace(/"expires_in":\d+/, '"expires_in":60'),
        'latin1',
      );
      const { 'content-length': _, 'transfer-encoding': __, ...rest } = came.headers;
      answer.writeHead(came.statusCode ?? 502, { ...rest, 'content-length': endsSoon.length }).end(endsSoon);
    });
    onward.once('error', () => answer.destroy());
    onward.end(body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    refuseNext(count, paths) {
      refusals = { count, paths };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As all three networks word it, so that each adapter reads it. */
function refuse(answer: ServerResponse, quoted: string): void {
  const said = `This was not accepted: ${quoted}`;
  const body = { title: 'Refused', detail: said, error: said, error_description: said, message: said };
  answer.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readWhole(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Bearer tokens, the password of Basic (RFC 7617), token and signature of OAuth 1.0a. */
function secretsOfHeader(authorization: string): string[] {
  const [scheme = '', rest = ''] = authorization.split(/\s+/, 2);
  if (scheme === 'Bearer') return [rest];
  if (scheme === 'Basic')
    return [rest, decodeURIComponent(Buffer.from(rest, 'base64').toString().split(':')[1] ?? '')];
  return [...authorization.matchAll(/oauth_(?:token|signature)="([^"]+)"/g)].map(([, token = '']) =>
    decodeURIComponent(token),
  );
}

function secretsOfBody(body: Buffer): string[] {
  return fieldsOf(body.toString('utf8')).flatMap(([name, value]) => (SECRET_FIELD.test(name) ? [value] : []));
}

function fieldsOf(text: string): [string, string][] {
  if (!text.startsWith('{')) return [...new URLSearchParams(text)];
  try {
    return Object.entries(JSON.parse(text)).map(([name, value]) => [name, String(value)]);
  } catch {
    return [];
  }
}
