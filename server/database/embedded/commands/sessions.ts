import { Binary, UUID } from 'bson';
import type { Document } from '../bson/codec.ts';
import { isObject } from '../bson/rank.ts';
import type { Invocation } from './invocation.ts';

/** MongoDB's own, in minutes. */
export const SESSION_MINUTES = 30;

/** Without transactions a session owns only cursors: nothing is kept of it here. */
export async function startSession(): Promise<Document> {
  return { id: { id: new UUID() }, timeoutMinutes: SESSION_MINUTES, ok: 1 };
}

/** Ends sessions and closes their cursors. A client that has not said who it is ends none. */
export async function endSessions(invocation: Invocation): Promise<Document> {
  const { runtime, session } = invocation;
  if (session.user) runtime.cursors.endSessions(listed(invocation));
  return { ok: 1 };
}

export async function refreshSessions(invocation: Invocation): Promise<Document> {
  invocation.runtime.cursors.refreshSessions(listed(invocation));
  return { ok: 1 };
}

function listed({ head, name }: Invocation): ReadonlySet<string> {
  const given = head[name];
  const names = (Array.isArray(given) ? given : []).map(sessionName);
  return new Set(names.filter((known) => known !== undefined));
}

/** A logical session as hexadecimal digits, from `{id: UUID}`. */
export function sessionName(given: unknown): string | undefined {
  const id = isObject(given) ? given.id : undefined;
  return id instanceof Binary ? Buffer.from(id.value()).toString('hex') : undefined;
}
