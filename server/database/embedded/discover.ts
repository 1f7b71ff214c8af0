import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { deserialize, serialize } from 'bson';

const FILE = 'address.json';
/** A live server on this machine answers in far less, in milliseconds. */
const PATIENCE = 2000;

interface Announcement {
  readonly uri: string;
  /** Told by the server in its hello, so that another program on a reused port is not mistaken for it. */
  readonly instance: string;
}

/** Leaves the server's address, readable by its owner only, and returns the name it must answer with. */
export function announce(dataDir: string, uri: string): string {
  const instance = randomUUID();
  const file = join(dataDir, FILE);
  writeFileSync(`${file}.new`, JSON.stringify({ uri, instance }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return instance;
}

/** The address of the embedded server that is running on this directory, or null when none is. */
export async function discoverEmbeddedDatabase(dataDir: string): Promise<string | null> {
  const announced = readAnnouncement(join(dataDir, FILE));
  if (!announced) return null;
  const port = Number(new URL(announced.uri).port);
  return (await askInstance(port)) === announced.instance ? announced.uri : null;
}

function readAnnouncement(file: string): Announcement | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // No file, or one cut short by a crash: then no server announced itself.
    return undefined;
  }
}

function askInstance(port: number): Promise<unknown> {
  return new Promise((found) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(helloMessage()));
    let received = Buffer.alloc(0);
    const finish = (instance?: unknown) => {
      socket.destroy();
      found(instance);
    };
    socket.setTimeout(PATIENCE, finish);
    socket.on('error', () => finish());
    socket.on('close', () => finish());
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < received.readInt32LE(0)) return;
      finish(readInstance(received));
    });
  });
}

function readInstance(message: Buffer): unknown {
  try {
    return deserialize(message.subarray(21)).rejoinder;
  } catch {
    // Another program answered, in another language.
    return undefined;
  }
}

function helloMessage(): Buffer {
  const body = serialize({ hello: 1, $db: 'admin' });
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, body]);
}
