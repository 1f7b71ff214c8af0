import type { Context } from '../context.ts';
import type { InterfaceLanguage } from '../domain/member.ts';
import { NotFound } from '../errors.ts';
import { Members } from '../models/member.ts';
import type { Actor } from './allow.ts';
import { recordEvent } from './record-event.ts';

/** Changes how the software speaks to oneself: name, interface language, time zone. What is not given stays. */
export async function changePreferences(
  context: Context,
  member: Actor,
  input: { name?: string; language?: InterfaceLanguage; timeZone?: string },
): Promise<void> {
  const self = await Members.findById(member._id);
  if (!self) throw new NotFound('There is no such member.');
  self.set(input);
  if (!self.isModified()) return;
  await self.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'preferences changed',
    subject: 'member',
    subjectId: member._id,
    details: { name: self.name },
  });
}
