import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { Sessions } from '../models/session.ts';
import type { Actor } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Signs oneself out elsewhere: of one session, or of all but the one that stays. Takes stored ids. */
export async function endSessions(
  context: Context,
  member: Actor,
  input: { only: string } | { allBut: string },
): Promise<void> {
  const which = 'only' in input ? input.only : trusted({ $ne: input.allBut });
  const { deletedCount } = await Sessions.deleteMany({ _id: which, 'session.memberId': member._id });
  if (deletedCount === 0) return;
  await recordEvent(context, {
    actor: member._id,
    verb: 'sessions ended',
    subject: 'member',
    subjectId: member._id,
    details: { name: member.name, count: deletedCount },
  });
}
