import { CAMPAIGN_STATES, type Campaign } from '../../domain/campaign.ts';
import type { ListedCampaign, MessageCounts } from '../../queries/campaigns.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

const STATE_KINDS = { planned: 'wait', running: 'good', closed: 'quiet' } as const;

export function stateView(state: Campaign['state'], speak: Speak) {
  return { kind: STATE_KINDS[state], text: speak.label('campaign-state', state) };
}

export function periodOf({ startsOn, endsOn }: Campaign, speak: Speak): string {
  if (!startsOn && !endsOn) return speak.t('campaigns.no-period');
  return [startsOn, endsOn].map((day) => (day ? speak.day(day) : '…')).join(' – ');
}

export function countsOf(counts: MessageCounts, speak: Speak): string {
  const words = Object.entries(counts).map(([state, count]) =>
    speak.t(`campaigns.count-${state}`, { count }),
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

/** The first step of a new message: every message belongs to a campaign. It may begin from an answer of the library. */
export function chooseCampaignPage(
  listed: readonly ListedCampaign[],
  { mayPlan, answer, speak }: { mayPlan: boolean; answer: { _id: string } | null; speak: Speak },
) {
  const begun: Record<string, string> = answer ? { answer: answer._id } : {};
  return {
    title: speak.t('messages.choose-campaign'),
    planPath: mayPlan ? paths.newCampaign : null,
    campaigns: listed.map(({ campaign, messages }) => ({
      title: campaign.title,
      path: `${paths.newMessage}?${new URLSearchParams({ campaign: campaign._id, ...begun })}`,
      state: stateView(campaign.state, speak),
      about: `${periodOf(campaign, speak)} · ${countsOf(messages, speak)}`,
    })),
  };
}
