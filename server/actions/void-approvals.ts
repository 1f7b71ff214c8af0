import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { Messages } from '../models/message.ts';
import type { Actor } from './allow.ts';
import { holdDeliveries } from './hold-deliveries.ts';
import { recordEvent } from './record-event.ts';

/**
 * Ends the approval of every message that speaks to this segment, because the group it was approved for is no
 * longer the one described. Part of actions that a person was already allowed to do.
 */
export async function voidApprovals(
  context: Context,
  member: Actor,
  { segment }: { segment: string },
): Promise<void> {
  const reason = 'The audience segment became another group, so the approval ended.';
  for (const message of await Messages.find({ segment, approval: trusted({ $ne: null }) })) {
    message.set({ state: 'draft', approval: null, standing: [] });
    await message.save();
    await holdDeliveries(context, { message: message._id, actor: member._id, reason });
    await recordEvent(context, {
      actor: member._id,
      verb: 'approval voided',
      subject: 'message',
      subjectId: message._id,
      campaign: message.campaign,
      details: { reason },
    });
  }
}
