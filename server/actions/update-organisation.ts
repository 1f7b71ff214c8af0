import type { Context } from '../context.ts';
import { instanceOf } from '../domain/instance.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Organisations } from '../models/organisation.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/**
 * Changes what the organisation says of itself in public, and which Mastodon servers accounts may be connected on.
 * Throws RuleViolation for a server that is none.
 */
export async function updateOrganisation(
  context: Context,
  member: Actor,
  input: { name: string; funderLine: string; contact: string; instances: readonly string[] },
): Promise<void> {
  allow(member, 'organisation.edit');
  const instances = [...new Set(input.instances.map(listedInstance))];
  const changes = { ...input, instances };
  await Organisations.findByIdAndUpdate('organisation', { $set: changes }, { upsert: true });
  await recordEvent(context, {
    actor: member._id,
    verb: 'organisation changed',
    subject: 'organisation',
    subjectId: 'organisation',
    details: { name: input.name, instances: instances.join(' ') },
  });
}

function listedInstance(typed: string): string {
  try {
    return instanceOf(typed);
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error;
    throw new RuleViolation(error.rule, error.message, { field: 'instances' });
  }
}
