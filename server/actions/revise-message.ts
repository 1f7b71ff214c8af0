import type { HydratedDocument } from 'mongoose';
import type { Context } from '../context.ts';
import { withArms } from '../domain/arm.ts';
import { assertDraft, assertMayEdit, revision } from '../domain/drafting.ts';
import type { Message, MessageSource, Variant } from '../domain/message.ts';
import { cleanTags } from '../domain/tag.ts';
import { acceptedTone } from '../domain/tone.ts';
import { writtenOut } from '../domain/written-out.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { newId } from '../models/document.ts';
import { draftFacts } from '../models/draft-facts.ts';
import { fieldSources } from '../models/field-sources.ts';
import { Messages } from '../models/message.ts';
import { keepVersion } from '../models/message-version.ts';
import { type Actor, allow } from './allow.ts';
import { assertCurrent } from './assert-current.ts';
import { asReferences, type MessageInput } from './draft-message.ts';
import { holdDeliveries } from './hold-deliveries.ts';
import { dropUnsaved } from './keep-unsaved.ts';
import { recordEvent } from './record-event.ts';
import { withImages } from './with-images.ts';

export interface ReviseMessageInput extends MessageInput {
  message: string;
  /** The version that the composer was opened with. */
  version: number;
}

/**
 * Saves what somebody wrote; variants that are not in the input are removed. A changed content voids the approval
 * and takes everything of it that waits off the calendar's path. Throws Conflict when somebody else saved in
 * between, RuleViolation in review, after a rejection, or when the draft breaks a rule.
 */
export async function reviseMessage(
  context: Context,
  member: Actor,
  { message: id, version, title, tags, references, ...input }: ReviseMessageInput,
): Promise<Message> {
  allow(member, 'messages.edit');
  const message = await Messages.findById(id);
  if (!message) throw new NotFound('There is no such message.');
  assertCurrent(message, version);
  assertMayEdit(message);
  const campaign = await Campaigns.findById(message.campaign).select('state title brief').lean();
  if (!campaign) throw new NotFound('The campaign of this message is gone.');
  const tone = acceptedTone(input.tone);
  const variants = withArms(await withImages(input.variants, message.toObject().variants));
  const given = { ...input, tone, variants: identified(variants, message.variants) };
  const facts = await draftFacts(given, context.config);
  const content = writtenOut(given, await fieldSources(campaign, facts.accounts));
  assertDraft(content, { ...facts, campaign });

  const { isChanged, isVoided, ...outcome } = revision(message.toObject(), content, member._id);
  message.set({ title, ...content, ...outcome });
  setSources(message, { tags, references });
  const hasNewSources = message.isModified('tags') || message.isModified('sources');
  await message.save();
  await keepVersion(message.toObject(), { editor: member._id, at: context.clock.now() });
  if (isVoided) {
    const reason = 'The approved text was edited, so its approval ended.';
    await holdDeliveries(context, { message: id, actor: member._id, reason });
  }
  if (isChanged) {
    await recordEvent(context, {
      actor: member._id,
      verb: isVoided ? 'approved message changed' : 'message changed',
      subject: 'message',
      subjectId: id,
      campaign: message.campaign,
      details: { contentHash: message.contentHash, isVoided },
    });
  }
  await dropUnsaved(member, { message: id });
  if (hasNewSources) {
    await recordEvent(context, {
      actor: member._id,
      verb: 'message sources changed',
      subject: 'message',
      subjectId: id,
      campaign: message.campaign,
      details: { tags: message.tags, sources: message.sources.length },
    });
  }
  return message.toObject();
}

type Stored = HydratedDocument<Message>;
type TypedSources = Record<'tags' | 'references', string[] | undefined>;

/** The answer that a message began from stays; what was typed takes the place of what was typed before. */
function setSources(message: Stored, { tags, references }: TypedSources): void {
  if (tags) message.set({ tags: cleanTags(tags) });
  if (!references) return;
  const begunFrom = message.sources.filter(({ kind }) => kind === 'answer');
  const sources = [...begunFrom, ...asReferences(references)];
  const isSame = JSON.stringify(plain(sources)) === JSON.stringify(plain(message.sources));
  if (!isSame) message.set({ sources });
}

const plain = (sources: readonly MessageSource[]) =>
  sources.map(({ kind, answer, text }) => [kind, answer, text]);

/** A variant keeps the id it has in this message; any other id was made up, and a new one is given. */
function identified(
  given: readonly (Omit<Variant, '_id'> & { _id: string | null })[],
  stored: readonly Variant[],
): Variant[] {
  const free = new Set(stored.map(({ _id }) => _id));
  return given.map((variant) => {
    const isKept = variant._id !== null && free.delete(variant._id);
    const kept = isKept ? stored.find(({ _id }) => _id === variant._id) : undefined;
    return { ...variant, _id: kept?._id ?? newId(), renders: kept?.renders ?? null };
  });
}
