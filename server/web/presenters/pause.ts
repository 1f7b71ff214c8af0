import type { Member } from '../../domain/member.ts';
import { mayDo } from '../../domain/roles.ts';
import type { CalendarDelivery } from '../../queries/calendar-deliveries.ts';
import type { UpcomingCampaign } from '../../queries/upcoming-by-campaign.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

interface PauseFacts {
  pause: { reason: string; startedAt: Date } | null;
  startedBy: string;
  overdue: readonly CalendarDelivery[];
  upcoming: readonly UpcomingCampaign[];
  member: Member;
}

/** Pausing everything or, while a pause is in force, ending it with what became overdue in view. */
export function pausePage({ pause, startedBy, overdue, upcoming, member }: PauseFacts, speak: Speak) {
  return {
    title: speak.t(pause ? 'pause.title-resume' : 'pause.title'),
    isPaused: pause !== null,
    reason: pause?.reason ?? '',
    since: pause ? speak.t('pause.since', { since: speak.dateTime(pause.startedAt), name: startedBy }) : '',
    mayPause: mayDo(member.roles, 'everything.pause'),
    mayResume: mayDo(member.roles, 'everything.resume'),
    upcoming: upcoming.map(({ campaign, title, count, nextAt }) => ({
      value: campaign,
      label: title,
      hint: speak.t('pause.upcoming-of', { count, next: speak.dateTime(nextAt) }),
    })),
    calendarPath: paths.calendar,
    overdue: overdue.map((delivery) => ({
      path: paths.post(delivery.post),
      title: delivery.messageTitle || delivery.text,
      account: `@${delivery.accountHandle}`,
      due: speak.dateTime(delivery.dueAt, delivery.accountTimeZone),
      machineTime: delivery.dueAt.toISOString(),
    })),
  };
}
