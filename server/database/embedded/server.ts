import { createServer, type Server } from 'node:net';
import { runCommand } from './commands/index.ts';
import { Invocation, type Runtime, type Session } from './commands/invocation.ts';
import { serveConnection } from './wire/connection.ts';

/** What the server tells whoever started it. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly detail?: unknown;
}

/** An operation that took longer is logged, in milliseconds. */
const SLOW = 500;

/** Accepts clients on the loopback address only. Rejects when the port is taken. */
export function listen(runtime: Runtime, port: number, log: (line: LogLine) => void): Promise<Server> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    const remote = `${socket.remoteAddress}:${socket.remotePort}`;
    const session: Session = { id: connections, user: undefined, conversation: undefined, remote };
    const onTrouble = (error: unknown) =>
      log({ level: 'error', message: 'request failed', detail: String((error as Error)?.stack ?? error) });
    serveConnection(
      socket,
      async (request) => {
        const invocation = new Invocation(request, runtime, session);
        const begins = performance.now();
        try {
          return await runCommand(invocation);
        } finally {
          const milliseconds = Math.round(performance.now() - begins);
          if (milliseconds > SLOW)
            log({
              level: 'warn',
              message: 'slow operation',
              detail: { ...describe(invocation), milliseconds },
            });
        }
      },
      onTrouble,
    );
  });
  return new Promise((found, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => found(server));
  });
}

/** Which operation it was, without the values that people entered. */
function describe(invocation: Invocation): Record<string, unknown> {
  const { name, head } = invocation;
  const fields = (value: unknown) =>
    typeof value === 'object' && value !== null ? Object.keys(value) : undefined;
  return {
    command: name,
    collection: typeof head[name] === 'string' ? head[name] : head.collection,
    filter: fields(head.filter ?? head.query),
    sort: fields(head.sort),
  };
}
