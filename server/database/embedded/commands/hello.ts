import { Long } from 'bson';
import type { Document } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import { CommandError } from '../errors.ts';
import { DOCUMENT_LIMIT } from '../storage/records.ts';
import { MESSAGE_LIMIT } from '../wire/message.ts';
import { ScramConversation } from '../wire/scram.ts';
import type { Invocation } from './invocation.ts';
import { SESSION_MINUTES } from './sessions.ts';
import { MOST_WRITES } from './write-result.ts';

/** The wire version of MongoDB 7.0, whose behaviour the subset follows. */
const WIRE_VERSION = 21;
export const VERSION = '7.0.0';

/** A single server: no replica set, so drivers start no transactions and retry no writes. */
export async function hello(invocation: Invocation): Promise<Document> {
  const { runtime, session, plain } = invocation;
  const isModern = invocation.name === 'hello';
  const speculative = isObject(plain.speculativeAuthenticate) ? plain.speculativeAuthenticate : undefined;
  return {
    helloOk: true,
    [isModern ? 'isWritablePrimary' : 'ismaster']: true,
    maxBsonObjectSize: DOCUMENT_LIMIT,
    maxMessageSizeBytes: MESSAGE_LIMIT,
    maxWriteBatchSize: MOST_WRITES,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: SESSION_MINUTES,
    connectionId: session.id,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    ...(plain.saslSupportedMechs !== undefined && { saslSupportedMechs: ['SCRAM-SHA-256'] }),
    ...(speculative?.mechanism === 'SCRAM-SHA-256' && trySpeculation(invocation, speculative)),
    rejoinder: runtime.instance,
    ok: 1,
  };
}

/** A first step of authentication that came along with hello; when it fails, the client asks again properly. */
function trySpeculation(invocation: Invocation, given: Document): Document {
  try {
    return { speculativeAuthenticate: begin(invocation, given) };
  } catch (error) {
    if (error instanceof CommandError) return {};
    throw error;
  }
}

export async function saslStart(invocation: Invocation): Promise<Document> {
  const { plain } = invocation;
  if (plain.mechanism !== 'SCRAM-SHA-256')
    throw new CommandError(
      'AuthenticationFailed',
      `Unsupported mechanism '${String(plain.mechanism)}'; use SCRAM-SHA-256.`,
    );
  return { ...begin(invocation, plain), ok: 1 };
}

function begin({ session, runtime }: Invocation, given: Document): Document {
  session.conversation = new ScramConversation(runtime.verifier);
  const payload = session.conversation.first(textOf(given.payload));
  return { conversationId: 1, done: false, payload: Buffer.from(payload) };
}

export async function saslContinue({ session, runtime, plain }: Invocation): Promise<Document> {
  const { conversation } = session;
  if (!conversation) throw new CommandError('AuthenticationFailed', 'Authentication failed.');
  session.conversation = undefined;
  const payload = conversation.last(textOf(plain.payload));
  session.user = runtime.verifier.user;
  return { conversationId: 1, done: true, payload: Buffer.from(payload), ok: 1 };
}

function textOf(payload: unknown): string {
  const bytes = (payload as { buffer?: Uint8Array; position?: number } | undefined)?.buffer;
  if (bytes instanceof Uint8Array)
    return Buffer.from(bytes).toString('utf8', 0, (payload as { position: number }).position);
  return String(payload);
}

export async function logout({ session }: Invocation): Promise<Document> {
  session.user = undefined;
  return { ok: 1 };
}

export async function connectionStatus({ session }: Invocation): Promise<Document> {
  const users = session.user ? [{ user: session.user, db: 'admin' }] : [];
  return { authInfo: { authenticatedUsers: users, authenticatedUserRoles: [] }, ok: 1 };
}

export async function serverStatus({ runtime }: Invocation): Promise<Document> {
  const uptime = (Date.now() - runtime.startedAt.getTime()) / 1000;
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    ...{ host: '127.0.0.1', version: VERSION, process: 'rejoinder', pid: Long.fromNumber(process.pid) },
    ...{ uptime, uptimeMillis: Long.fromNumber(Math.round(uptime * 1000)), localTime: new Date() },
    connections: { current: runtime.connections() },
    extra_info: {
      ...{ user_time_us: Long.fromNumber(user), system_time_us: Long.fromNumber(system) },
      heap_usage_bytes: Long.fromNumber(heapUsed),
    },
    mem: { resident: Math.round(rss / 1048576) },
    metrics: { cursor: { open: { total: runtime.cursors.count } } },
    storageEngine: { name: 'lmdb', persistent: true },
    ok: 1,
  };
}
