import { type Document, encode } from '../bson/codec.ts';
import { CommandError } from '../errors.ts';
import { crc32c } from './checksum.ts';

/** MongoDB's limit of one message, in bytes. */
export const MESSAGE_LIMIT = 48_000_000;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_COMPRESSED = 2012;
const OP_MSG = 2013;
const HEADER = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_BITS = CHECKSUM_PRESENT | MORE_TO_COME;

/** One request as it came: the command's bytes and, beside them, its document sequences. */
export interface Request {
  readonly id: number;
  readonly kind: 'message' | 'query';
  readonly body: Buffer;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** For a query, the namespace; commands of a message carry $db. */
  readonly database: string | undefined;
  /** False when the client does not wait for an answer. */
  readonly wantsReply: boolean;
}

/** The length that a message says it has, in bytes. Throws CommandError when it makes no sense. */
export function checkLength(length: number): number {
  if (length < HEADER || length > MESSAGE_LIMIT)
    throw new CommandError('InvalidLength', `message length ${length} is out of bounds`);
  return length;
}

/** Splits a stream of bytes into whole messages. Throws CommandError when a length makes no sense. */
export function takeMessages(received: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let at = 0;
  while (received.length - at >= 4) {
    const length = checkLength(received.readInt32LE(at));
    if (received.length - at < length) break;
    messages.push(received.subarray(at, at + length));
    at += length;
  }
  return { messages, rest: received.subarray(at) };
}

/** Reads one message. Throws CommandError for what is malformed, compressed or of an old kind. */
export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code === OP_MSG) return readMessage(id, message);
  if (code === OP_QUERY) return readQuery(id, message);
  if (code === OP_COMPRESSED)
    throw new CommandError(
      'IllegalOperation',
      'No compressor was negotiated, so messages must not be compressed.',
    );
  throw new CommandError('UnsupportedOpQueryCommand', `Unsupported wire operation ${code}; use OP_MSG.`);
}

function readMessage(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER);
  if ((flags & 0xffff & ~KNOWN_REQUIRED_BITS) !== 0)
    throw new CommandError('IllegalOperation', `OP_MSG with unknown required flags ${flags}`);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  if (end < message.length && crc32c(message.subarray(0, end)) !== message.readUInt32LE(end))
    throw new CommandError('IllegalOperation', 'OP_MSG checksum does not match contents');
  const sequences = new Map<string, Buffer[]>();
  let body: Buffer | undefined;
  let at = HEADER + 4;
  while (at < end) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    if (section.length !== size || at + 1 + size > end) throw truncated();
    if (kind === 0) body = section;
    else if (kind === 1) addSequence(section, sequences);
    else throw new CommandError('IllegalOperation', `OP_MSG with unknown section kind ${kind}`);
    at += 1 + size;
  }
  if (!body) throw new CommandError('IllegalOperation', 'OP_MSG without a body');
  return {
    id,
    kind: 'message',
    body,
    sequences,
    database: undefined,
    wantsReply: (flags & MORE_TO_COME) === 0,
  };
}

function addSequence(section: Buffer, sequences: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0, 4);
  const documents: Buffer[] = [];
  let at = nameEnd + 1;
  while (at < section.length) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length) throw truncated();
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  sequences.set(section.toString('utf8', 4, nameEnd), documents);
}

function readQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER + 4);
  const namespace = message.toString('utf8', HEADER + 4, nameEnd);
  const at = nameEnd + 9;
  const body = message.subarray(at, at + message.readInt32LE(at));
  const database = namespace.slice(0, namespace.indexOf('.'));
  return { id, kind: 'query', body, sequences: new Map(), database, wantsReply: true };
}

const truncated = () => new CommandError('InvalidLength', 'OP_MSG with a truncated section');

let lastReply = 0;

/** The bytes of an answer to a request. */
export function writeReply(request: Pick<Request, 'id' | 'kind'>, reply: Document | Buffer): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : encode(reply);
  const isQuery = request.kind === 'query';
  const head = isQuery ? HEADER + 20 : HEADER + 5;
  const bytes = Buffer.allocUnsafe(head + body.length);
  bytes.fill(0, HEADER, head);
  lastReply = (lastReply + 1) & 0x7fffffff;
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(lastReply, 4);
  bytes.writeInt32LE(request.id, 8);
  bytes.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) bytes.writeInt32LE(1, HEADER + 16);
  body.copy(bytes, head);
  return bytes;
}
