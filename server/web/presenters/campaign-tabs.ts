import type { Member } from '../../domain/member.ts';
import { mayDo } from '../../domain/roles.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

/** The rooms of one campaign, as far as the reader may enter them. */
export function campaignTabs(
  id: string,
  { here, reader }: { here: 'brief' | 'report' | 'trail'; reader: Pick<Member, 'roles'> },
  speak: Speak,
) {
  const tabs = {
    brief: paths.campaign(id),
    messages: `${paths.messages}?campaign=${id}`,
    calendar: `${paths.calendar}?campaign=${id}`,
    ...(mayDo(reader.roles, 'replies.read') && { replies: paths.campaignReplies(id) }),
    report: paths.campaignReport(id),
    ...(mayDo(reader.roles, 'trail.read') && { trail: paths.campaignTrail(id) }),
  };
  return Object.entries(tabs).map(([key, path]) => ({
    label: speak.t(`campaigns.tab-${key}`),
    path,
    isHere: key === here,
  }));
}
