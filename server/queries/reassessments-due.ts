import { trusted } from 'mongoose';
import {
  type AssessmentStanding,
  assessmentStanding,
  describeCircumstances,
} from '../domain/circumstances.ts';
import type { Message } from '../domain/message.ts';
import { Assessments } from '../models/assessment.ts';
import { AudienceSegments } from '../models/audience.ts';
import { Campaigns } from '../models/campaign.ts';
import { CrisisPauses } from '../models/crisis-pause.ts';
import { Messages } from '../models/message.ts';
import { Messengers } from '../models/messenger.ts';
import { Narratives } from '../models/narrative.ts';

/** An approved message whose harm has to be assessed anew before more of it is placed. */
export interface ReassessmentDue {
  message: Pick<Message, '_id' | 'title' | 'createdBy' | 'writers' | 'humanEditor'>;
  campaignTitle: string;
  standing: Exclude<AssessmentStanding, 'current'>;
}

/**
 * Approved messages of open campaigns that a crisis or a material change has overtaken, the latest first; all of them,
 * or whether this one is among them.
 */
export async function reassessmentsDue(only: { message?: string } = {}): Promise<ReassessmentDue[]> {
  const approved = await Messages.find({ state: 'approved', ...(only.message ? { _id: only.message } : {}) })
    .select('title campaign segment messenger narrative contentHash createdBy writers humanEditor')
    .sort({ updatedAt: -1 })
    .limit(200)
    .lean();
  if (approved.length === 0) return [];
  const facts = await factsAbout(approved);
  return approved.flatMap((message) => {
    const campaign = facts.campaigns.find(({ _id, state }) => _id === message.campaign && state !== 'closed');
    const standing = assessmentStanding(facts.assessmentOf(message), {
      contentHash: message.contentHash,
      circumstances: facts.circumstancesOf(message),
      crisisAt: facts.crisisAt,
    });
    return campaign && standing !== 'current' ? [{ message, campaignTitle: campaign.title, standing }] : [];
  });
}

type Approved = Pick<Message, '_id' | 'campaign' | 'segment' | 'messenger' | 'narrative' | 'contentHash'>;

async function factsAbout(approved: Approved[]) {
  const idsOf = (key: 'campaign' | 'segment' | 'messenger' | 'narrative') => ({
    _id: trusted({ $in: [...new Set(approved.flatMap((message) => message[key] ?? []))] }),
  });
  const [campaigns, segments, messengers, narratives, assessments, crisis] = await Promise.all([
    Campaigns.find(idsOf('campaign')).select('title state').lean(),
    AudienceSegments.find(idsOf('segment')).select('role tier targeting').lean(),
    Messengers.find(idsOf('messenger')).select('kind name safety').lean(),
    Narratives.find(idsOf('narrative')).select('claim severity appeals').lean(),
    Assessments.find({ message: trusted({ $in: approved.map(({ _id }) => _id) }) })
      .select('message contentHash circumstances createdAt')
      .sort({ createdAt: 1, _id: 1 })
      .lean(),
    CrisisPauses.findOne().sort({ startedAt: -1 }).select('startedAt').lean(),
  ]);
  const byId = <Thing extends { _id: string }>(things: Thing[], id: string | null) =>
    things.find(({ _id }) => _id === id) ?? null;
  return {
    campaigns,
    crisisAt: crisis?.startedAt ?? null,
    circumstancesOf: ({ segment, messenger, narrative }: Approved) =>
      describeCircumstances({
        segment: byId(segments, segment),
        messenger: byId(messengers, messenger),
        narrative: byId(narratives, narrative),
      }),
    assessmentOf: ({ _id, contentHash }: Approved) =>
      assessments.findLast((one) => one.message === _id && one.contentHash === contentHash) ?? null,
  };
}
