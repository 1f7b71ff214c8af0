import type { Context } from '../context.ts';
import type { ConsentRecord, Messenger } from '../domain/messenger.ts';
import { cleanTags } from '../domain/tag.ts';
import { Messengers } from '../models/messenger.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export type MessengerInput = Pick<Messenger, 'name' | 'kind' | 'credibility' | 'safety'> &
  Partial<Pick<Messenger, 'tags'>> & {
    consent: Omit<ConsentRecord, 'withdrawnAt'>;
  };

/** Adds a messenger with their consent record; what they did not agree to keeps messages out of review. Throws RuleViolation for a tag that names a person. */
export async function addMessenger(
  context: Context,
  member: Actor,
  input: MessengerInput & Partial<Pick<Messenger, 'isDemo'>>,
): Promise<Messenger> {
  allow(member, 'library.edit');
  const messenger = await Messengers.create({
    ...input,
    tags: cleanTags(input.tags ?? []),
    createdBy: member._id,
    createdAt: context.clock.now(),
  });
  await recordEvent(context, {
    actor: member._id,
    verb: 'messenger added',
    subject: 'messenger',
    subjectId: messenger._id,
    details: { name: messenger.name, networks: input.consent.networks },
  });
  return messenger.toObject();
}
