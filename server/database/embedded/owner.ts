import { createHash } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How long a starting server waits for a former owner that is just going away, in milliseconds. */
const PATIENCE = 3000;

/** Thrown when another process serves this data directory. */
class AlreadyOwned extends Error {
  constructor(directory: string) {
    super(
      `The database in ${directory} is already open in another process. Stop that process, or choose another directory with DATA_DIR.`,
    );
  }
}

/**
 * Makes this process the only owner of its current directory until it ends, however it ends. The lock is a socket
 * that the system closes with the process. Throws AlreadyOwned.
 */
export async function ownCurrentDirectory(): Promise<Server> {
  const path = lockPath();
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const lock = await listen(path);
    if (lock) return lock;
    if (!(await answers(path))) removeStale(path);
    else if (Date.now() > deadline) throw new AlreadyOwned(resolve('.'));
    else await wait(50);
  }
}

/** Relative, because the path of a Unix socket may have no more than about a hundred characters. */
function lockPath(): string {
  if (process.platform !== 'win32') return 'owner.sock';
  return `\\\\.\\pipe\\rejoinder-${createHash('sha256').update(resolve('.')).digest('hex').slice(0, 32)}`;
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((found, failed) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? found(undefined) : failed(error),
    );
    server.listen(path, () => found(server.unref()));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((found) => {
    const socket = connect(path, () => {
      socket.destroy();
      found(true);
    });
    socket.once('error', () => found(false));
  });
}

/** Moved aside first: when two processes find the same dead socket, only one of them can move it. */
function removeStale(path: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
