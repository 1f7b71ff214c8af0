import type { Context } from '../context.ts';
import { assertOpen } from '../domain/campaign.ts';
import type { Message } from '../domain/message.ts';
import { assertMayRender, renderedSubject } from '../domain/translation.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { Messages, sha256 } from '../models/message.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/**
 * Records that a translation renders its original as that is now; when the original changes, it is outdated. Texts
 * stay as they are, so approvals hold. Throws RuleViolation when it is the original, or nothing is written yet.
 */
export async function markTranslation(
  context: Context,
  member: Actor,
  { message: id, variant: variantId }: { message: string; variant: string },
): Promise<Message> {
  allow(member, 'messages.edit');
  const message = await Messages.findById(id);
  const variant = message?.variants.find(({ _id }) => _id === variantId);
  if (!message || !variant) throw new NotFound('There is no such text.');
  const campaign = await Campaigns.findById(message.campaign).select('state').lean();
  if (campaign) assertOpen(campaign);
  const original = assertMayRender(variant, message);
  variant.renders = sha256(renderedSubject(original));
  await message.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'translation marked',
    subject: 'message',
    subjectId: id,
    campaign: message.campaign,
    details: { variant: variantId, language: variant.language, network: variant.network },
  });
  return message.toObject();
}
