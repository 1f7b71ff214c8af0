import { briefStanding } from '../../domain/brief.ts';
import {
  CAMPAIGN_STATES,
  type Campaign,
  EVALUATION_TIERS,
  STRATEGIC_INTENTS,
} from '../../domain/campaign.ts';
import type { Member } from '../../domain/member.ts';
import { mayDo } from '../../domain/roles.ts';
import type { CampaignPage, ListedCampaign, MessageCounts } from '../../queries/campaigns.ts';
import type { ComposerChoices } from '../../queries/composer.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { campaignTabs } from './campaign-tabs.ts';
import { optionsOf } from './library.ts';

const STATE_KINDS = { planned: 'wait', running: 'good', closed: 'quiet' } as const;

function stateView(state: Campaign['state'], speak: Speak) {
  return { kind: STATE_KINDS[state], text: speak.label('campaign-state', state) };
}

function periodOf({ startsOn, endsOn }: Campaign, speak: Speak): string {
  if (!startsOn && !endsOn) return speak.t('campaigns.no-period');
  return [startsOn, endsOn].map((day) => (day ? speak.day(day) : '…')).join(' – ');
}

function countsOf(counts: MessageCounts, speak: Speak): string {
  const words = Object.entries(counts).map(
    ([state, count]) => `${count} ${speak.label('message-state', state)}`,
  );
  return words.length > 0 ? speak.list(words) : speak.t('campaigns.no-messages');
}

export function campaignsPage(
  listed: ListedCampaign[],
  mayEdit: boolean,
  state: string | null,
  speak: Speak,
) {
  return {
    title: speak.t('campaigns.title'),
    newPath: mayEdit ? paths.newCampaign : null,
    filters: [null, ...CAMPAIGN_STATES].map((one) => ({
      label: one ? speak.label('campaign-state', one) : speak.t('campaigns.all'),
      path: one ? `${paths.campaigns}?state=${one}` : paths.campaigns,
      isHere: one === state,
    })),
    campaigns: listed.map(({ campaign, messages }) => ({
      title: campaign.title,
      path: paths.campaign(campaign._id),
      state: stateView(campaign.state, speak),
      period: periodOf(campaign, speak),
      messages: countsOf(messages, speak),
    })),
  };
}

/** The first step of a new message: every message belongs to a campaign. */
export function chooseCampaignPage(listed: readonly ListedCampaign[], mayPlan: boolean, speak: Speak) {
  return {
    title: speak.t('messages.choose-campaign'),
    planPath: mayPlan ? paths.newCampaign : null,
    campaigns: listed.map(({ campaign, messages }) => ({
      title: campaign.title,
      path: `${paths.newMessage}?campaign=${campaign._id}`,
      state: stateView(campaign.state, speak),
      about: `${periodOf(campaign, speak)} · ${countsOf(messages, speak)}`,
    })),
  };
}

function completeness(campaign: Campaign, speak: Speak) {
  const parts = briefStanding(campaign);
  const done = parts.filter(({ isThere }) => isThere).length;
  return {
    done,
    total: parts.length,
    summary: speak.t('campaigns.meter', { there: done, all: parts.length }),
    missing: parts
      .filter(({ isThere }) => !isThere)
      .map(({ part, isEssential }) => ({
        part: speak.t(`campaigns.part-${part}`),
        why: speak.t(`campaigns.why-${part}`),
        isEssential,
      })),
  };
}

/** The brief as it is read, with what is missing and why it matters. */
export function campaignPage(
  { campaign, segment, narratives, messages }: CampaignPage,
  reader: Member,
  speak: Speak,
) {
  const mayEdit = mayDo(reader.roles, 'campaigns.edit');
  const { _id, title, state, brief, lessons } = campaign;
  const texts: [string, string | null][] = [
    ['problem', brief.problem],
    ['intent', brief.intent && speak.label('intent', brief.intent)],
    ['proportionality', brief.proportionality],
    ['segment', segment?.name ?? null],
    ['theoryOfChange', brief.theoryOfChange],
    ['keyMessage', brief.keyMessage],
    ['callToAction', brief.callToAction],
    ['service', brief.service],
    ['dialoguePlan', brief.dialoguePlan],
    ['funder', brief.funder],
    ['risks', brief.risks],
    ['dataProtection', brief.dataProtection],
    ['exitPlan', brief.exitPlan],
  ];
  const facts = texts.map(([key, text]) => ({ term: speak.t(`campaigns.part-${key}`), text }));
  return {
    title,
    tabs: campaignTabs(_id, { here: 'brief', reader }, speak),
    state: stateView(state, speak),
    period: periodOf(campaign, speak),
    messages: countsOf(messages, speak),
    facts: [...facts, { term: speak.t('campaigns.lessons'), text: lessons }].filter(({ text }) => text),
    narratives: narratives.map((one) => ({ claim: one.claim, path: paths.narrative(one._id) })),
    objectives: brief.objectives.map((one) => ({
      statement: one.statement,
      tier: speak.label('evaluation-tier', one.tier),
      indicator: one.indicator,
      baseline: one.baseline === null ? speak.t('app.not-measured') : speak.number(one.baseline, 2),
      target: one.target === null ? '–' : speak.number(one.target, 2),
      dueOn: one.dueOn ? speak.day(one.dueOn) : '–',
    })),
    completeness: completeness(campaign, speak),
    editPath: mayEdit && state !== 'closed' ? paths.campaignBrief(_id) : null,
    startPath: mayEdit && state === 'planned' ? paths.campaignStart(_id) : null,
    closurePath: mayEdit && state === 'running' ? paths.campaignClosure(_id) : null,
    draftPath: mayEdit && state !== 'closed' ? `${paths.newMessage}?campaign=${_id}` : null,
  };
}

const SPARE_OBJECTIVES = 2;

export function briefPage(
  { campaign }: CampaignPage,
  choices: Pick<ComposerChoices, 'narratives' | 'segments'>,
  { speak, sentVersion }: { speak: Speak; sentVersion: string | undefined },
) {
  const rows = campaign.brief.objectives.length + SPARE_OBJECTIVES;
  return {
    title: speak.t('campaigns.brief-of', { campaign: campaign.title }),
    cancel: paths.campaign(campaign._id),
    version: campaign.version,
    changed: sentVersion !== undefined && Number(sentVersion) !== campaign.version,
    completeness: completeness(campaign, speak),
    intents: optionsOf('intent', STRATEGIC_INTENTS, speak),
    tiers: optionsOf('evaluation-tier', EVALUATION_TIERS, speak),
    segments: choices.segments.map(({ _id, name }) => ({ value: _id, label: name })),
    narratives: choices.narratives.map(({ _id, claim }) => ({ value: _id, label: claim })),
    objectives: Array.from({ length: rows }, (_, index) => ({
      name: `brief.objectives[${index}]`,
      title: speak.t('campaigns.objective-number', { number: index + 1 }),
    })),
  };
}
