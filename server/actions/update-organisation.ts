import type { Context } from '../context.ts';
import { Organisations } from '../models/organisation.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Changes what the organisation says of itself in public: name, who pays, contact. */
export async function updateOrganisation(
  context: Context,
  member: Actor,
  input: { name: string; funderLine: string; contact: string },
): Promise<void> {
  allow(member, 'organisation.edit');
  await Organisations.findByIdAndUpdate('organisation', { $set: input }, { upsert: true });
  await recordEvent(context, {
    actor: member._id,
    verb: 'organisation changed',
    subject: 'organisation',
    subjectId: 'organisation',
    details: { name: input.name },
  });
}
