import type { Brief } from '../../domain/campaign.ts';
import type { CampaignPage } from '../../queries/campaigns.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

/** What a brief says, part by part in the order of the page; parts that say nothing are left out. */
export function briefFacts(
  { campaign, segment, secondarySegments, messengers, narratives }: CampaignPage,
  speak: Speak,
) {
  const { brief, lessons } = campaign;
  const { intent, messageType, tone } = brief;
  const texts: [string, string | null][] = [
    ['problem', brief.problem],
    ['intent', intent && speak.label('intent', intent)],
    ['proportionality', brief.proportionality],
    ['segment', segment?.name ?? null],
    ['secondarySegments', speak.list(secondarySegments.map(({ name }) => name))],
    ['persona', segment?.persona ?? null],
    [
      'messageType',
      speak.list([
        ...(messageType ? [speak.label('message-type', messageType)] : []),
        ...(tone ? [speak.label('tone', tone)] : []),
      ]),
    ],
    ['keyMessage', brief.keyMessage],
    ['messengers', speak.list(messengers.map(({ name }) => name))],
    ['media', brief.media],
    ['languages', brief.languages],
    ['callToAction', brief.callToAction],
    ['service', brief.service],
    ['dialoguePlan', brief.dialoguePlan],
    ['budget', brief.budget],
    ['funder', brief.funder],
    ['political', brief.isPoliticalAdvertising ? speak.t('app.yes') : null],
    ['legalReview', brief.legalReview],
    ['safeguarding', brief.safeguarding],
    ['risks', brief.risks],
    ['dataProtection', brief.dataProtection],
    ['approvals', brief.approvals],
    ['exitPlan', brief.exitPlan],
  ];
  const facts = texts.map(([key, text]) => ({ term: speak.t(`campaigns.part-${key}`), text }));
  return {
    facts: [...facts, { term: speak.t('campaigns.lessons'), text: lessons }].filter(({ text }) => text),
    theory: brief.theoryOfChange,
    narratives: narratives.map((one) => ({ claim: one.claim, path: paths.narrative(one._id) })),
    objectives: brief.objectives.map((one) => objectiveView(one, speak)),
  };
}

function objectiveView(objective: Brief['objectives'][number], speak: Speak) {
  const { statement, tier, indicator, baseline, target, dueOn, source } = objective;
  return {
    statement,
    tier: speak.label('evaluation-tier', tier),
    indicator,
    baseline: baseline === null ? speak.t('app.not-measured') : speak.number(baseline, 2),
    target: target === null ? '–' : speak.number(target, 2),
    dueOn: dueOn ? speak.day(dueOn) : '–',
    source,
  };
}
