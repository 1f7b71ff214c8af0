import type { Campaign } from '../../domain/campaign.ts';
import { isCampaignBeingWithdrawn, type WithdrawalCounts } from '../../domain/campaign-withdrawal.ts';
import type { Member } from '../../domain/member.ts';
import { mayDo } from '../../domain/roles.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

interface Facts {
  campaign: Campaign;
  counts: WithdrawalCounts;
  /** Names of members by id. */
  names: ReadonlyMap<string, string>;
  member: Member;
}

const ALWAYS: readonly (keyof WithdrawalCounts)[] = ['live', 'waiting'];
const SHOWN = ['live', 'waiting', 'unclear', 'withdrawn', 'refused'] as const;

/** Taking a whole campaign back: what that reaches, and how far it is. */
export function campaignWithdrawalPage({ campaign, counts, names, member }: Facts, speak: Speak) {
  const { withdrawal } = campaign;
  const isGoingOn = isCampaignBeingWithdrawn(campaign);
  const isAnyOut = counts.live + counts.waiting + counts.unclear > 0;
  const isAllowed = mayDo(member.roles, 'campaigns.withdraw');
  return {
    title: speak.t('campaigns.withdrawal-title', { campaign: campaign.title }),
    isGoingOn,
    past: withdrawal
      ? speak.t(isGoingOn ? 'campaigns.withdrawal-going-on' : 'campaigns.withdrawal-ended', {
          since: speak.dateTime(withdrawal.at),
          name: names.get(withdrawal.member) ?? speak.t('app.nobody'),
          reason: withdrawal.reason,
        })
      : null,
    counts: SHOWN.filter((key) => counts[key] > 0 || ALWAYS.includes(key)).map((key) =>
      speak.t(`campaigns.withdrawal-${key}`, { count: counts[key] }),
    ),
    ownPath: paths.campaignWithdrawal(campaign._id),
    deliveriesPath: counts.refused > 0 ? paths.needsSomeone : null,
    mayWithdraw: isAllowed && isAnyOut,
    whyNot: speak.t(isAllowed ? 'campaigns.withdrawal-none' : 'campaigns.withdrawal-others'),
    submit: speak.t(withdrawal ? 'campaigns.withdrawal-again' : 'campaigns.withdrawal-do'),
    cancel: paths.campaign(campaign._id),
  };
}
