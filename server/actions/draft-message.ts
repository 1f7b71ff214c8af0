import type { Context } from '../context.ts';
import { assertDraft } from '../domain/drafting.ts';
import type { Message, MessageContent, Variant } from '../domain/message.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { newId } from '../models/document.ts';
import { draftFacts } from '../models/draft-facts.ts';
import { Messages } from '../models/message.ts';
import { keepVersion } from '../models/message-version.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';
import { withImages } from './with-images.ts';

/** An image of the library; an alt text of null is the one that the library proposes. */
interface ImageInput {
  asset: string;
  altText: string | null;
}

/** A variant that does not exist yet has no id. */
export type VariantInput = Omit<Variant, '_id' | 'images'> & { _id: string | null; images?: ImageInput[] };

export interface MessageInput extends Omit<MessageContent, 'variants'> {
  title: string;
  variants: VariantInput[];
}

/**
 * Drafts a message; almost everything may still be missing. Throws RuleViolation for a closed campaign, a tertiary
 * segment, a mention of a stranger, one text for two accounts of a network, or an image that is not in the library.
 */
export async function draftMessage(
  context: Context,
  member: Actor,
  { campaign: id, ...input }: MessageInput & { campaign: string },
): Promise<Message> {
  allow(member, 'messages.edit');
  const campaign = await Campaigns.findById(id).lean();
  if (!campaign) throw new NotFound('There is no such campaign.');
  const variants = await withImages(input.variants, []);
  const content = { ...input, variants: variants.map((variant) => ({ ...variant, _id: newId() })) };
  const facts = await draftFacts(content, context.config);
  assertDraft(content, { ...facts, campaign });
  const message = await Messages.create({
    ...content,
    campaign: id,
    writers: [member._id],
    createdBy: member._id,
    isDemo: campaign.isDemo,
    createdAt: context.clock.now(),
  });
  await keepVersion(message.toObject(), { editor: member._id, at: context.clock.now() });
  await recordEvent(context, {
    actor: member._id,
    verb: 'message drafted',
    subject: 'message',
    subjectId: message._id,
    campaign: id,
    details: { title: message.title, contentHash: message.contentHash },
  });
  return message.toObject();
}
