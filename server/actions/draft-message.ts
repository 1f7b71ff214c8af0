import type { Context } from '../context.ts';
import { assertStartingPoint } from '../domain/answer.ts';
import { withArms } from '../domain/arm.ts';
import { assertDraft } from '../domain/drafting.ts';
import type { Message, MessageContent, MessageSource, Tone, Variant } from '../domain/message.ts';
import { cleanTags } from '../domain/tag.ts';
import { acceptedTone, type RefusedTone } from '../domain/tone.ts';
import { writtenOut } from '../domain/written-out.ts';
import { NotFound } from '../errors.ts';
import { Answers } from '../models/answer.ts';
import { Campaigns } from '../models/campaign.ts';
import { newId } from '../models/document.ts';
import { draftFacts } from '../models/draft-facts.ts';
import { fieldSources } from '../models/field-sources.ts';
import { Messages } from '../models/message.ts';
import { keepVersion } from '../models/message-version.ts';
import { type Actor, allow } from './allow.ts';
import { dropUnsaved } from './keep-unsaved.ts';
import { recordEvent } from './record-event.ts';
import { withImages } from './with-images.ts';

/** An image of the library; an alt text of null is the one that the library proposes. */
interface ImageInput {
  asset: string;
  altText: string | null;
}

/** A variant that does not exist yet has no id. */
export type VariantInput = Omit<Variant, '_id' | 'images'> & { _id: string | null; images?: ImageInput[] };

export interface MessageInput extends Omit<MessageContent, 'variants' | 'tone'> {
  title: string;
  /** Hostile and shaming can be asked for, and are refused with the reason. */
  tone: Tone | RefusedTone | null;
  /** BCP 47 tag of the texts that the others render; left out or null: that of the first. */
  originalLanguage?: string | null;
  variants: VariantInput[];
  /** Not given: as they are. */
  tags?: string[];
  /** What the text rests on, in words, one entry each. Not given: as they are. */
  references?: string[];
}

/**
 * Drafts a message; almost everything may still be missing. Throws RuleViolation for a closed campaign, a hostile
 * tone, a tertiary segment, a mention of a stranger, one text for two accounts of a network, an image that is not in
 * the library, a tag or arm that names a person, an arm that is there twice, or a refused answer as its starting point.
 */
export async function draftMessage(
  context: Context,
  member: Actor,
  {
    campaign: id,
    answer = null,
    tags = [],
    references = [],
    ...input
  }: MessageInput & { campaign: string; answer?: string | null },
): Promise<Message> {
  allow(member, 'messages.edit');
  const campaign = await Campaigns.findById(id).lean();
  if (!campaign) throw new NotFound('There is no such campaign.');
  const tone = acceptedTone(input.tone);
  const variants = withArms(await withImages(input.variants, [])).map((variant) => ({
    ...variant,
    _id: newId(),
  }));
  const given = { ...input, tone, variants };
  const facts = await draftFacts(given, context.config);
  const content = writtenOut(given, await fieldSources(campaign, facts.accounts));
  assertDraft(content, { ...facts, campaign });
  const sources = [...(await startingPoint(answer)), ...asReferences(references)];
  const message = await Messages.create({
    ...content,
    sources,
    tags: cleanTags(tags),
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
    details: { title: message.title, contentHash: message.contentHash, answer },
  });
  await dropUnsaved(member, { campaign: id });
  return message.toObject();
}

/** The answer that a message begins from; none when it begins from nothing. */
async function startingPoint(id: string | null): Promise<MessageSource[]> {
  if (!id) return [];
  const answer = await Answers.findById(id).select('standing').lean();
  if (!answer) throw new NotFound('There is no such answer.');
  assertStartingPoint(answer);
  return [{ kind: 'answer', answer: id, text: '' }];
}

export const asReferences = (references: readonly string[]): MessageSource[] =>
  references.map((text) => ({ kind: 'reference', answer: null, text }));
