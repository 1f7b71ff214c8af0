import { createServer, type Server } from 'node:http';
import { promisify } from 'node:util';
import { MongoStore } from 'connect-mongo';
import mongoose from 'mongoose';
import type { Context } from './context.ts';
import { CannotStart } from './errors.ts';
import { publicUrl } from './public-url.ts';
import { countStuck } from './queries/count-stuck.ts';
import { createApp, type Readiness } from './web/app.ts';
import { SESSION_STORE } from './web/middleware/sessions.ts';

export interface StartedWeb {
  /** The address to open, without a slash at the end. */
  url: string;
  stop(): Promise<void>;
}

export interface WebOptions {
  /** Builds the demo world for the first member. */
  loadDemoWorld: () => Promise<{ password: string }>;
}

/** Serves the pages. Throws CannotStart when the port is taken or may not be used. */
export async function startWeb(context: Context, options: WebOptions): Promise<StartedWeb> {
  // The port comes first: the store begins to speak to the database at once, and a refused start closes it.
  const server = createServer().listen(context.config.port, context.config.host);
  await listening(server, context.config);
  const sessionStore = MongoStore.create({
    client: mongoose.connection.getClient(),
    dbName: mongoose.connection.name,
    ...SESSION_STORE,
  });
  // Its index must be there: a stop in that moment would end the connection under it, and nobody would hear the error.
  await promisify(sessionStore.length.bind(sessionStore))();
  server.on('request', createApp(context, { sessionStore, readiness: () => readiness(context), ...options }));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : context.config.port;
  return {
    url: publicUrl(context.config, port),
    stop: () => close(server),
  };
}

async function readiness(context: Context): Promise<Readiness> {
  const database = await answersPing();
  return {
    database,
    jobs: database && (await context.queue.isHealthy()),
    publishing: database && (await countStuck(context.clock.now())) === 0,
  };
}

async function answersPing(): Promise<boolean> {
  try {
    await mongoose.connection.db?.command({ ping: 1 }, { timeoutMS: 2_000 });
    return mongoose.connection.readyState === mongoose.ConnectionStates.connected;
  } catch {
    return false;
  }
}

function listening(server: Server, { host, port }: Context['config']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new CannotStart(cannotListen(error, host, port)));
    });
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop the program that uses it (perhaps Rejoinder already runs), or set PORT to another number.`;
  }
  if (error.code === 'EACCES')
    return `Port ${port} may not be used by this account. Set PORT to a number above 1023.`;
  return `Cannot listen on ${host}:${port} (${error.message}). Check HOST and PORT.`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}
