import type { Context } from '../context.ts';
import { assertConsentNotWithdrawn, type Messenger } from '../domain/messenger.ts';
import { cleanTags } from '../domain/tag.ts';
import { NotFound } from '../errors.ts';
import { Messengers } from '../models/messenger.ts';
import type { MessengerInput } from './add-messenger.ts';
import { type Actor, allow } from './allow.ts';
import { assertCurrent } from './assert-current.ts';
import { recordEvent } from './record-event.ts';

/**
 * Changes a messenger and their consent record. Throws RuleViolation once consent was withdrawn, Conflict when
 * somebody else saved in between.
 */
export async function reviseMessenger(
  context: Context,
  member: Actor,
  { messenger: id, version, ...input }: MessengerInput & { messenger: string; version: number },
): Promise<Messenger> {
  allow(member, 'library.edit');
  const messenger = await Messengers.findById(id);
  if (!messenger) throw new NotFound('There is no such messenger.');
  assertCurrent(messenger, version);
  assertConsentNotWithdrawn(messenger);
  const { consent, tags, ...fields } = input;
  messenger.set({ ...fields, consent: { ...consent, withdrawnAt: null } });
  if (tags) messenger.set({ tags: cleanTags(tags) });
  await messenger.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'messenger changed',
    subject: 'messenger',
    subjectId: id,
    details: { name: messenger.name, networks: consent.networks },
  });
  return messenger.toObject();
}
