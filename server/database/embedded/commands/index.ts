import type { Document } from '../bson/codec.ts';
import { CommandError } from '../errors.ts';
import { aggregate } from './aggregate.ts';
import {
  collStats,
  create,
  dbStats,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
  validate,
} from './collections.ts';
import { count, distinct } from './count.ts';
import { remove } from './delete.ts';
import { explain } from './explain.ts';
import { find, getMore, killCursors } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import { connectionStatus, hello, logout, saslContinue, saslStart, serverStatus } from './hello.ts';
import { collMod, createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { insert } from './insert.ts';
import type { Invocation, Run } from './invocation.ts';
import { refuseUnknownFields } from './known-fields.ts';
import { refuseEverywhere } from './refusals.ts';
import { endSessions, refreshSessions, startSession } from './sessions.ts';
import {
  buildInfo,
  getCmdLineOpts,
  getFreeMonitoringStatus,
  getLog,
  getParameter,
  hostInfo,
  ping,
  whatsMyUri,
} from './small-talk.ts';
import { rejoinderSnapshot } from './snapshot.ts';
import { update } from './update.ts';

/** Commands that a client may send before it has said who it is. */
const open: Readonly<Record<string, Run>> = {
  hello,
  ismaster: hello,
  isMaster: hello,
  saslStart,
  saslContinue,
  logout,
  ping,
  buildInfo,
  buildinfo: buildInfo,
  connectionStatus,
  endSessions,
};

const closed: Readonly<Record<string, Run>> = {
  aggregate,
  collMod,
  collStats,
  count,
  create,
  createIndexes,
  dbStats,
  delete: remove,
  distinct,
  drop,
  dropDatabase,
  dropIndexes,
  deleteIndexes: dropIndexes,
  explain,
  find,
  findAndModify,
  findandmodify: findAndModify,
  getCmdLineOpts,
  getFreeMonitoringStatus,
  getLog,
  getMore,
  getParameter,
  hostInfo,
  insert,
  killCursors,
  killSessions: endSessions,
  listCollections,
  listDatabases,
  listIndexes,
  refreshSessions,
  rejoinderSnapshot,
  renameCollection,
  serverStatus,
  startSession,
  update,
  validate,
  whatsmyuri: whatsMyUri,
};

/** Every command that is answered, by name. */
export const commandNames: readonly string[] = [...Object.keys(open), ...Object.keys(closed)].sort();

/** Runs a command. Throws CommandError for unknown ones and for clients that have not authenticated. */
export async function runCommand(invocation: Invocation): Promise<Document | Buffer> {
  const { name, session } = invocation;
  const free = Object.hasOwn(open, name) ? open[name] : undefined;
  if (free) return free(invocation);
  const run = Object.hasOwn(closed, name) ? closed[name] : undefined;
  if (!session.user) throw new CommandError('Unauthorized', `Command ${name} requires authentication`);
  if (!run)
    throw new CommandError(
      'CommandNotFound',
      `no such command: '${name}'. The embedded database supports a subset of MongoDB; set MONGODB_URI to the address of a MongoDB server to use all of it.`,
    );
  refuseEverywhere(invocation);
  refuseUnknownFields(invocation);
  return run(invocation);
}
