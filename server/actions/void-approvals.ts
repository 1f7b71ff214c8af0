import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { Messages } from '../models/message.ts';
import { holdDeliveries } from './hold-deliveries.ts';
import { recordEvent } from './record-event.ts';

export interface VoidApprovalsInput {
  of: { segment: string } | { campaign: string };
  /** Member id of who did what ended them. */
  actor: string;
  /** In words; goes into the trail and onto the calendar. */
  reason: string;
}

/**
 * Ends the approval of every message of a segment or a campaign, because what it was approved for holds no longer.
 * A first of two approvals ends as well; its message stays in review.
 * Part of actions that a person was already allowed to do.
 */
export async function voidApprovals(
  context: Context,
  { of, actor, reason }: VoidApprovalsInput,
): Promise<void> {
  const given = [{ approval: trusted({ $ne: null }) }, { 'standing.0': trusted({ $exists: true }) }];
  for (const message of await Messages.find({ ...of, $or: given })) {
    const wasApproved = message.approval !== null;
    message.set({ state: wasApproved ? 'draft' : message.state, approval: null, standing: [] });
    await message.save();
    if (wasApproved) await holdDeliveries(context, { message: message._id, actor, reason });
    await recordEvent(context, {
      actor,
      verb: 'approval voided',
      subject: 'message',
      subjectId: message._id,
      campaign: message.campaign,
      details: { reason },
    });
  }
}
