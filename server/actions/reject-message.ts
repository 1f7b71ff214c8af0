import type { Context } from '../context.ts';
import type { Message } from '../domain/message.ts';
import type { Actor } from './allow.ts';
import { type DecisionInput, recordDecision } from './record-decision.ts';

/**
 * Refuses the message for good, with the reason. Throws RuleViolation without one, Conflict when the content has changed.
 */
export async function rejectMessage(
  context: Context,
  member: Actor,
  input: Omit<DecisionInput, 'checked'>,
): Promise<Message> {
  return recordDecision(context, member, { ...input, checked: [], decision: 'reject' });
}
