import type { Socket } from 'node:net';
import type { Document } from '../bson/codec.ts';
import { CommandError } from '../errors.ts';
import { checkLength, type Request, readRequest, takeMessages, writeReply } from './message.ts';

/** Answers one request; what it throws becomes an error reply. */
export type Answer = (request: Request) => Promise<Document | Buffer>;

/** With as many requests waiting, nothing more is read from that client. */
const MOST_WAITING = 100;

/** Reads requests off a socket and answers them one after the other, in the order they came. */
export function serveConnection(socket: Socket, answer: Answer, onTrouble: (error: unknown) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;
  const finish = () => {
    waiting -= 1;
    if (waiting < MOST_WAITING && socket.isPaused()) socket.resume();
  };
  const receive = (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    const first = chunks[0] as Buffer;
    // A large message is joined only once, when its last part has come.
    if (first.length >= 4 && size < checkLength(first.readInt32LE(0))) return;
    const { messages, rest } = takeMessages(chunks.length === 1 ? first : Buffer.concat(chunks, size));
    chunks.length = 0;
    size = rest.length;
    if (size > 0) chunks.push(rest);
    for (const message of messages) {
      waiting += 1;
      queue = queue.then(() => serve(socket, message, answer, onTrouble)).then(finish);
    }
    if (waiting >= MOST_WAITING) socket.pause();
  };
  socket.setNoDelay(true);
  socket.on('data', (chunk) => {
    try {
      receive(chunk);
    } catch (error) {
      onTrouble(error);
      socket.destroy();
    }
  });
  // A client that goes away is no trouble of ours.
  socket.on('error', () => socket.destroy());
}

async function serve(
  socket: Socket,
  message: Buffer,
  answer: Answer,
  onTrouble: (error: unknown) => void,
): Promise<void> {
  if (socket.destroyed) return;
  const fallback = { id: message.readInt32LE(4), kind: 'message', wantsReply: true } as const;
  let request: Pick<Request, 'id' | 'kind' | 'wantsReply'> = fallback;
  let reply: Document | Buffer;
  try {
    const complete = readRequest(message);
    request = complete;
    reply = await answer(complete);
  } catch (error) {
    const told = isTooDeep(error)
      ? new CommandError('Overflow', 'BSONObj exceeded maximum nested object depth')
      : error;
    if (!(told instanceof CommandError)) onTrouble(told);
    reply = errorReply(told);
  }
  if (!request.wantsReply || socket.destroyed) return;
  // A client that does not fetch its answers gets no more of them made.
  if (!socket.write(writeReply(request, reply))) await drained(socket);
}

function drained(socket: Socket): Promise<void> {
  return new Promise((done) => {
    const finish = () => {
      socket.off('drain', finish);
      socket.off('close', finish);
      done();
    };
    socket.on('drain', finish);
    socket.on('close', finish);
  });
}

/** Nested deeper than the stack reaches, which only a client can have made. */
const isTooDeep = (error: unknown) => error instanceof RangeError && /call stack/.test(error.message);

/** The reply that drivers turn into a MongoServerError. */
function errorReply(error: unknown): Document {
  const known = error instanceof CommandError ? error : new CommandError('InternalError', String(error));
  return { ok: 0, errmsg: known.message, code: known.code, codeName: known.codeName, ...known.detail };
}
