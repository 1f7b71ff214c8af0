import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { assertOpen, type Brief, type Campaign } from '../domain/campaign.ts';
import { NotFound } from '../errors.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Campaigns } from '../models/campaign.ts';
import { Messengers } from '../models/messenger.ts';
import { Narratives } from '../models/narrative.ts';
import { type Actor, allow } from './allow.ts';
import { assertCurrent } from './assert-current.ts';
import { recordEvent } from './record-event.ts';

export interface UpdateBriefInput
  extends Pick<Campaign, 'title' | 'startsOn' | 'endsOn' | 'segment' | 'narratives'> {
  campaign: string;
  /** The version that the form was opened with. */
  version: number;
  brief: Brief;
}

/**
 * Saves the brief of a campaign with its title, period, segment and narratives; every part may still be empty.
 * Throws RuleViolation when the campaign is closed, Conflict when somebody else saved in between.
 */
export async function updateBrief(
  context: Context,
  member: Actor,
  { campaign: id, version, ...changes }: UpdateBriefInput,
): Promise<Campaign> {
  allow(member, 'campaigns.edit');
  const campaign = await Campaigns.findById(id);
  if (!campaign) throw new NotFound('There is no such campaign.');
  assertCurrent(campaign, version);
  assertOpen(campaign);
  await assertInLibrary(changes);
  campaign.set(changes);
  const changed = campaign.directModifiedPaths();
  await campaign.save();
  if (changed.length > 0) {
    await recordEvent(context, {
      actor: member._id,
      verb: 'brief changed',
      subject: 'campaign',
      subjectId: id,
      campaign: id,
      details: { parts: changed.map((path) => path.replace(/^brief\./, '')) },
    });
  }
  return campaign.toObject();
}

type Chosen = Pick<Campaign, 'segment' | 'narratives' | 'brief'>;

async function assertInLibrary({ segment, narratives, brief }: Chosen) {
  const segments = [...new Set([...(segment ? [segment] : []), ...brief.secondarySegments])];
  if ((await AudienceSegments.countDocuments({ _id: trusted({ $in: segments }) })) < segments.length) {
    throw new NotFound('A chosen segment is no longer in the library.');
  }
  const { messengers } = brief;
  if ((await Messengers.countDocuments({ _id: trusted({ $in: messengers }) })) < messengers.length) {
    throw new NotFound('A chosen messenger is no longer in the library.');
  }
  if ((await Narratives.countDocuments({ _id: trusted({ $in: narratives }) })) < narratives.length) {
    throw new NotFound('One of the chosen narratives is no longer in the library.');
  }
}
