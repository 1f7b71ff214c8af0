import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Platform } from '../../server/platforms/platform.ts';
import { RehearsalAgent } from '../../server/platforms/rehearsal-agent.ts';

interface SeenRequest {
  method: string;
  host: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  authorization: string;
  contentType: string;
  body: string;
}

export type Script = (response: ServerResponse, request: SeenRequest) => void;

/** A network as one test wants it: answers each request with the next step of its script (the last one repeats). */
export interface Scripted {
  readonly platform: Platform;
  readonly seen: SeenRequest[];
  play(...steps: Script[]): void;
}

/** Starts one for the enclosing suite, with the adapter that `open` makes for it. */
export function useScripted(open: (agent: RehearsalAgent) => Platform): Scripted {
  let steps: Script[] = [];
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const arrived = await readRequest(request);
    seen.push(arrived);
    const step = steps.length > 1 ? steps.shift() : steps[0];
    step?.(response, arrived);
  });
  let platform: Platform | undefined;

  before('start a scripted network', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    platform = open(new RehearsalAgent(`http://127.0.0.1:${port}`));
  });
  beforeEach(() => {
    seen.length = 0;
  });
  after('stop it', () => {
    server.closeAllConnections();
    server.close();
  });
  return {
    get platform() {
      if (!platform) throw new Error('the scripted network has not started');
      return platform;
    },
    seen,
    play: (...given) => {
      steps = given;
    },
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(body));
  };
}

export function html(status: number): Script {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Something went wrong</html>');
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
  return {
    method: request.method ?? '',
    host: request.headers.host ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    authorization: request.headers.authorization ?? '',
    contentType: request.headers['content-type'] ?? '',
    body: Buffer.concat(chunks).toString(),
  };
}
