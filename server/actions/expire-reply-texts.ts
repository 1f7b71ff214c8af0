import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { Replies } from '../models/reply.ts';
import { recordEvent } from './record-event.ts';

/** Deletes the text of every reply whose days are over (domain rule 6); its code stays for the evaluation. */
export async function expireReplyTexts(context: Context): Promise<void> {
  const over = { textExpiresAt: trusted({ $lte: context.clock.now() }), text: trusted({ $ne: null }) };
  const expired = await Replies.updateMany(over, { $set: { text: null } });
  if (expired.modifiedCount === 0) return;
  await recordEvent(context, {
    actor: null,
    verb: 'reply texts deleted',
    subject: 'replies',
    subjectId: 'texts',
    details: { count: expired.modifiedCount },
  });
}
