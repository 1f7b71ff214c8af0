import { briefStanding, type PartStanding } from '../../domain/brief.ts';
import { EVALUATION_TIERS, STRATEGIC_INTENTS } from '../../domain/campaign.ts';
import { isCampaignBeingWithdrawn } from '../../domain/campaign-withdrawal.ts';
import type { Member } from '../../domain/member.ts';
import { MESSAGE_TYPES, TONES } from '../../domain/message.ts';
import { mayDo } from '../../domain/roles.ts';
import type { CampaignPage } from '../../queries/campaigns.ts';
import type { BriefChoices } from '../../queries/composer.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { briefFacts } from './brief-facts.ts';
import { campaignTabs } from './campaign-tabs.ts';
import { countsOf, periodOf, stateView } from './campaigns.ts';
import { optionsOf } from './library.ts';

/** The brief as it is read, with what is missing and why it matters. */
export function campaignPage(page: CampaignPage, reader: Member, speak: Speak) {
  const { campaign, messages } = page;
  const { _id, title, state } = campaign;
  const mayEdit = mayDo(reader.roles, 'campaigns.edit');
  return {
    title,
    tabs: campaignTabs(_id, { here: 'brief', reader }, speak),
    state: stateView(state, speak),
    period: periodOf(campaign, speak),
    messages: countsOf(messages, speak),
    ...briefFacts(page, speak),
    completeness: completenessView(standingOf(page), speak),
    printPath: paths.campaignBriefPrint(_id),
    editPath: mayEdit && state !== 'closed' ? paths.campaignBrief(_id) : null,
    startPath: mayEdit && state === 'planned' ? paths.campaignStart(_id) : null,
    closurePath: mayEdit && state === 'running' ? paths.campaignClosure(_id) : null,
    withdrawalPath:
      state === 'planned' || !mayDo(reader.roles, 'campaigns.withdraw')
        ? null
        : paths.campaignWithdrawal(_id),
    beingWithdrawn: isCampaignBeingWithdrawn(campaign) ? paths.campaignWithdrawal(_id) : null,
    draftPath: mayEdit && state !== 'closed' ? `${paths.newMessage}?campaign=${_id}` : null,
  };
}

/** The brief to hand to a partner or funder; the claims of recruiters only when they were asked for. */
export function briefPrintPage(
  page: CampaignPage,
  {
    organisation,
    showsNarratives,
  }: { organisation: { name: string; contact: string }; showsNarratives: boolean },
  speak: Speak,
) {
  const { campaign } = page;
  const { narratives, ...facts } = briefFacts(page, speak);
  const own = paths.campaignBriefPrint(campaign._id);
  return {
    title: campaign.title,
    organisation: organisation.name,
    contact: organisation.contact,
    state: speak.label('campaign-state', campaign.state),
    period: periodOf(campaign, speak),
    backPath: paths.campaign(campaign._id),
    ...facts,
    narratives: showsNarratives ? narratives : [],
    narrativesNote: speak.t('campaigns.print-narratives', { count: narratives.length }),
    narrativesPath: narratives.length > 0 && !showsNarratives ? `${own}?narratives=shown` : null,
  };
}

function standingOf({ campaign, segment, secondarySegments }: CampaignPage): PartStanding[] {
  const audience = [...(segment ? [segment] : []), ...secondarySegments].map(({ role }) => role);
  return briefStanding({ ...campaign, audience });
}

/** The meter beside a brief: what is there, and what is not with the reason why it matters. */
export function completenessView(parts: readonly PartStanding[], speak: Speak) {
  const name = (part: string) => speak.t(`campaigns.part-${part}`);
  const there = parts.filter(({ isThere }) => isThere);
  return {
    done: there.length,
    total: parts.length,
    summary: speak.t('campaigns.meter', { there: there.length, all: parts.length }),
    there: there.map(({ part }) => name(part)),
    missing: parts
      .filter(({ isThere }) => !isThere)
      .map(({ part, isEssential, repeats }) => ({
        part: name(part),
        why: repeats
          ? speak.t('campaigns.repeats', { part: name(repeats) })
          : speak.t(`campaigns.why-${part}`),
        isEssential,
      })),
  };
}

const SPARE_ROWS = 2;

/** The brief as it is written, in any order. */
export function briefPage(
  page: CampaignPage,
  choices: BriefChoices,
  { speak, sentVersion }: { speak: Speak; sentVersion: string | undefined },
) {
  const { campaign } = page;
  const { brief } = campaign;
  const standing = standingOf(page);
  const rows = (list: 'theoryOfChange' | 'objectives', key: string) =>
    Array.from({ length: brief[list].length + SPARE_ROWS }, (_, index) => ({
      name: `brief.${list}[${index}]`,
      title: speak.t(`campaigns.${key}`, { number: index + 1 }),
    }));
  return {
    title: speak.t('campaigns.brief-of', { campaign: campaign.title }),
    cancel: paths.campaign(campaign._id),
    version: campaign.version,
    changed: sentVersion !== undefined && Number(sentVersion) !== campaign.version,
    completeness: completenessView(standing, speak),
    standingPath: paths.campaignBriefStanding(campaign._id),
    needed: Object.fromEntries(
      standing.map(({ part, isEssential }) => [part, isEssential && speak.t('campaigns.essential')]),
    ),
    intents: optionsOf('intent', STRATEGIC_INTENTS, speak),
    tiers: optionsOf('evaluation-tier', EVALUATION_TIERS, speak),
    types: optionsOf('message-type', MESSAGE_TYPES, speak),
    tones: optionsOf('tone', TONES, speak),
    segments: choices.segments.map(({ _id, name }) => ({ value: _id, label: name })),
    messengers: choices.messengers.map(({ _id, name }) => ({ value: _id, label: name })),
    narratives: choices.narratives.map(({ _id, claim }) => ({ value: _id, label: claim })),
    theory: rows('theoryOfChange', 'theory-number'),
    objectives: rows('objectives', 'objective-number'),
  };
}
