import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Platform } from '../../../server/platforms/platform.ts';
import { RehearsalAgent } from '../../../server/platforms/rehearsal-agent.ts';
import { openX } from '../../../server/platforms/x/open.ts';

interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization: string;
  contentType: string;
  body: string;
}

type Script = (response: ServerResponse, request: SeenRequest) => void;

/** X as one test wants it: answers each request with the next step of its script (the last one repeats). */
export interface ScriptedX {
  readonly platform: Platform;
  readonly seen: SeenRequest[];
  play(...steps: Script[]): void;
}

export const NOW = new Date('2014-10-14T07:00:00Z');

export const KEYS = {
  appKey: 'app-key-canary',
  appSecret: 'app-secret-canary',
  accessToken: '77-access-token-canary',
  accessSecret: 'access-secret-canary',
  remoteId: '77',
};

/** Starts one for the enclosing suite. */
export function useScriptedX(): ScriptedX {
  let steps: Script[] = [];
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const arrived = await readRequest(request);
    seen.push(arrived);
    const step = steps.length > 1 ? steps.shift() : steps[0];
    step?.(response, arrived);
  });
  let platform: Platform | undefined;

  before('start a scripted X', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const agent = new RehearsalAgent(`http://127.0.0.1:${port}`);
    platform = openX({ agent, timeoutMs: 300, now: () => NOW });
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
      if (!platform) throw new Error('the scripted X has not started');
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

export function problem(status: number, detail: string, more: Record<string, unknown> = {}): Script {
  const body = { title: 'Problem', type: 'about:blank', status, detail, ...more };
  return json(status, body, { 'content-type': 'application/problem+json' });
}

export function html(status: number): Script {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Something went wrong</html>');
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'https://api.x.com');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    authorization: request.headers.authorization ?? '',
    contentType: request.headers['content-type'] ?? '',
    body: Buffer.concat(chunks).toString(),
  };
}
