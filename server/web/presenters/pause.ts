import type { Member } from '../../domain/member.ts';
import { mayDo } from '../../domain/roles.ts';
import type { CalendarDelivery } from '../../queries/calendar-deliveries.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

interface PauseFacts {
  pause: { reason: string; startedAt: Date } | null;
  startedBy: string;
  overdue: readonly CalendarDelivery[];
  member: Member;
}

/** Pausing everything or, while a pause is in force, ending it with what became overdue in view. */
export function pausePage({ pause, startedBy, overdue, member }: PauseFacts, speak: Speak) {
  return {
    title: speak.t(pause ? 'pause.title-resume' : 'pause.title'),
    isPaused: pause !== null,
    reason: pause?.reason ?? '',
    since: pause ? speak.t('pause.since', { since: speak.dateTime(pause.startedAt), name: startedBy }) : '',
    mayPause: mayDo(member.roles, 'everything.pause'),
    mayResume: mayDo(member.roles, 'everything.resume'),
    resumptionPath: paths.pauseResumption,
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
