import type { Context } from '../context.ts';
import type { Message } from '../domain/message.ts';
import type { Actor } from './allow.ts';
import { type DecisionInput, recordDecision } from './record-decision.ts';

/**
 * Approves exactly the content whose hash is given; where the risk asks for two approvals, the first leaves it in review.
 * Throws RuleViolation while the do-no-harm gate or the checklist is open, Conflict when the content has changed.
 */
export async function approveMessage(
  context: Context,
  member: Actor,
  input: DecisionInput,
): Promise<Message> {
  return recordDecision(context, member, { ...input, decision: 'approve' });
}
