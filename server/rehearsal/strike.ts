import { setTimeout as wait } from 'node:timers/promises';
import type { Response } from 'express';
import type { Fault } from './faults.ts';

/** An answer that has not been sent yet. */
export interface Reply {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/** A body that is a web page and not JSON. */
export class Page {
  readonly html: string;

  constructor(title: string) {
    this.html = `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  }
}

/** How a network words what every network has to say. */
export interface Dialect {
  /** The answer to a fault of the kinds error, unauthorised and limited. */
  refusal: (fault: Fault, now: number) => Reply;
  contentType: (reply: Reply) => string;
}

interface Blow {
  dialect: Dialect;
  response: Response;
  now: number;
  /** What the network was about to answer. */
  reply?: Reply;
}

/** Lets a fault happen to a request. Resolves to true when it has taken the place of the answer. */
export async function strike(fault: Fault, { dialect, response, now, reply }: Blow): Promise<boolean> {
  if (fault.delayMs > 0) await wait(fault.delayMs);
  switch (fault.kind) {
    case 'slow':
      return false;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'cut-body':
      cutBody(response, reply ?? { status: 200, body: {}, headers: {} });
      return true;
    case 'html':
      response.status(fault.status).type('html').send(new Page('Over capacity').html);
      return true;
    default:
      send(dialect, response, dialect.refusal(fault, now));
      return true;
  }
}

/** Answers in JSON, or with a page; without a body where there is none. */
export function send(dialect: Dialect, response: Response, reply: Reply): void {
  const { status, body, headers } = reply;
  response.status(status).set(headers);
  if (body === undefined) response.end();
  else if (body instanceof Page) response.type('html').send(body.html);
  else response.set('content-type', `${dialect.contentType(reply)}; charset=utf-8`).end(JSON.stringify(body));
}

/** The status that a fault answers with; null when it answers nothing. */
export function statusOf(fault: Fault): number | null {
  if (fault.kind === 'reset') return null;
  if (fault.kind === 'unauthorised') return 401;
  return fault.kind === 'limited' ? 429 : fault.status;
}

/** Promises the whole body and breaks off in its middle. */
function cutBody(response: Response, { status, body, headers }: Reply): void {
  const bytes = Buffer.from(JSON.stringify(body ?? {}));
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
  });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroySoon());
}
