import type { Context } from '../context.ts';
import { assertCallsForSupport } from '../domain/reply-coding.ts';
import { NotFound } from '../errors.ts';
import { Replies } from '../models/reply.ts';
import { TrailEvents } from '../models/trail.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

const OFFERED = { verb: 'support offered', subject: 'reply' } as const;

/**
 * Records that support was offered, once, and nothing else: neither to whom nor what was said (domain rule 10).
 * Throws NotFound, and RuleViolation when the reply's code does not ask for support.
 */
export async function recordSupportOffer(
  context: Context,
  member: Actor,
  input: { reply: string },
): Promise<void> {
  allow(member, 'replies.code');
  const reply = await Replies.findById(input.reply).lean();
  if (!reply) throw new NotFound('There is no such reply.');
  assertCallsForSupport(reply);
  if (await TrailEvents.exists({ ...OFFERED, subjectId: reply._id })) return;
  await recordEvent(context, {
    ...OFFERED,
    actor: member._id,
    subjectId: reply._id,
    campaign: reply.campaign,
  });
}
