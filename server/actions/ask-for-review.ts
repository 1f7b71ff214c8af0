import type { Context } from '../context.ts';
import { assertDraft, assertMayAskForReview } from '../domain/drafting.ts';
import type { Message } from '../domain/message.ts';
import { assertReady } from '../domain/readiness.ts';
import { assertSafeguarded } from '../domain/second-approval.ts';
import { networkFacts } from '../domain/server-limits.ts';
import { faultsOf } from '../domain/written-out.ts';
import { NotFound } from '../errors.ts';
import { carriedAssets } from '../models/asset.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Campaigns } from '../models/campaign.ts';
import { draftFacts } from '../models/draft-facts.ts';
import { fieldSources } from '../models/field-sources.ts';
import { Messages } from '../models/message.ts';
import { type Actor, allow } from './allow.ts';
import { assertCurrent } from './assert-current.ts';
import { recordEvent } from './record-event.ts';

export interface AskForReviewInput {
  message: string;
  /** The version that the writer had before their eyes. */
  version: number;
}

/**
 * Hands a whole message to the reviewers. Throws RuleViolation, under the name of what is missing, while it is
 * not whole; Conflict when somebody else saved in between.
 */
export async function askForReview(
  context: Context,
  member: Actor,
  { message: id, version }: AskForReviewInput,
): Promise<Message> {
  allow(member, 'messages.edit');
  const message = await Messages.findById(id);
  if (!message) throw new NotFound('There is no such message.');
  assertCurrent(message, version);
  assertMayAskForReview(message, context.clock.now());
  const campaign = await Campaigns.findById(message.campaign).select('state title brief').lean();
  if (!campaign) throw new NotFound('The campaign of this message is gone.');
  assertSafeguarded({
    segment: message.segment ? await AudienceSegments.findById(message.segment).select('role').lean() : null,
    safeguarding: campaign.brief.safeguarding,
  });
  const content = message.toObject();
  const facts = await draftFacts(content, context.config);
  assertDraft(content, { ...facts, campaign });
  const sources = await fieldSources(campaign, facts.accounts);
  assertReady(content, {
    ...facts,
    neighbours: [],
    faults: (variant) => faultsOf(variant, content, sources),
    now: context.clock.now(),
    ...networkFacts(context.platforms, facts.accounts),
    assets: await carriedAssets(content.variants),
  });
  // What was approved too long ago is reviewed from the beginning; a first of two approvals outlives a withdrawal.
  const standing = message.state === 'approved' ? [] : message.standing;
  message.set({ state: 'in-review', approval: null, standing });
  await message.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'review asked for',
    subject: 'message',
    subjectId: id,
    campaign: message.campaign,
    details: { contentHash: message.contentHash },
  });
  return message.toObject();
}
