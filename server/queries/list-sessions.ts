import { trusted } from 'mongoose';
import { Sessions } from '../models/session.ts';

export interface OwnSession {
  /** The stored id, which is a hash: it names the session and lets nobody in. */
  id: string;
  signedInAt: Date;
  userAgent: string;
}

/** Where a member is signed in, the latest first. */
export async function listSessions(memberId: string, now: Date): Promise<OwnSession[]> {
  const found = await Sessions.find({ 'session.memberId': memberId, expires: trusted({ $gt: now }) })
    .limit(100)
    .lean();
  return found
    .map(({ _id, session }) => ({
      id: _id,
      signedInAt: new Date(session.signedInAt ?? 0),
      userAgent: session.userAgent ?? '',
    }))
    .sort((a, b) => b.signedInAt.getTime() - a.signedInAt.getTime());
}
