import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { assertConsentNotWithdrawn, type Messenger } from '../domain/messenger.ts';
import { NotFound } from '../errors.ts';
import { Deliveries, maybeLive } from '../models/delivery.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import { type Actor, allow } from './allow.ts';
import { cancelWaiting } from './cancel-post.ts';
import { recordEvent } from './record-event.ts';

export interface WithdrawnConsent {
  messenger: Messenger;
  /** How many queued deliveries were cancelled. */
  cancelled: number;
  /** What is still on the networks and has to be looked at by a person. */
  live: Delivery[];
  /** What was on its way or is unclear: it may be on a network, and somebody has to look again. */
  maybeLive: Delivery[];
}

/**
 * Records that a messenger took their consent back: nothing more of theirs goes out, what waited is cancelled, and
 * what is live, or may be, is listed. Throws RuleViolation when it was withdrawn before. Source: GDPR 7(3).
 */
export async function withdrawConsent(
  context: Context,
  member: Actor,
  { messenger: id }: { messenger: string },
): Promise<WithdrawnConsent> {
  allow(member, 'library.edit');
  const messenger = await Messengers.findById(id);
  if (!messenger) throw new NotFound('There is no such messenger.');
  assertConsentNotWithdrawn(messenger);
  messenger.consent.withdrawnAt = context.clock.now();
  await messenger.save();

  const messages = await Messages.find({ messenger: id }).select('_id').lean();
  const ids = messages.map(({ _id }) => _id);
  const cancelled = await Promise.all(
    ids.map((message) => cancelWaiting({ message }, 'The messenger withdrew their consent.')),
  );
  // In this order: what is being sent now and ends while we look is found as live.
  const perhaps = await maybeLive(ids);
  const live = await Deliveries.find({ message: trusted({ $in: ids }), state: 'published' }).lean<
    Delivery[]
  >();
  const unclear = perhaps.filter(({ _id }) => !live.some((known) => known._id === _id));
  const count = cancelled.flat().length;
  await recordEvent(context, {
    actor: member._id,
    verb: 'consent withdrawn',
    subject: 'messenger',
    subjectId: id,
    details: { cancelled: count, live: live.length, maybeLive: unclear.length },
  });
  return { messenger: messenger.toObject(), cancelled: count, live, maybeLive: unclear };
}
