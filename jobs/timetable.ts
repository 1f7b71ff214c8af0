import type { Timetable } from '../server/queue.ts';

/** All recurring jobs. Publishing has no place here: its alarms are set for the second they are due. */
export const TIMETABLE: Timetable = {
  'sweep-deliveries': '30 seconds',
  'measure-deliveries': '1 minute',
  'continue-withdrawals': '30 seconds',
  'expire-reply-texts': '1 hour',
  'write-trail-head': '1 day',
  'keep-access': '1 day',
  'index-library': '1 minute',
  'run-imports': '15 seconds',
};
