import { z } from 'zod';
import type { DeliveryState } from '../../domain/delivery.ts';
import { optionalChoice, optionalId } from './fields.ts';

/** What the filter means by its words. */
export const STATE_GROUPS = {
  waiting: ['scheduled', 'claimed', 'sending', 'retry-wait'],
  someone: ['held', 'missed', 'auth-needed', 'needs-person', 'unknown', 'reconciling'],
  published: ['published'],
  ended: ['failed', 'cancelled', 'withdrawn'],
} as const satisfies Record<string, readonly DeliveryState[]>;

const GROUPS = Object.keys(STATE_GROUPS) as (keyof typeof STATE_GROUPS)[];

/** The calendar's address; whatever cannot be read in it is as if it were not there. */
export const calendarAddress = (today: string) =>
  z.object({
    view: z.enum(['month', 'week', 'list']).catch('month'),
    date: z.iso.date().catch(today),
    account: optionalId().catch(null),
    campaign: optionalId().catch(null),
    language: z.preprocess((sent) => sent || null, z.string().max(35).nullable()).catch(null),
    state: optionalChoice(GROUPS).catch(null),
  });

export type CalendarAddress = z.output<ReturnType<typeof calendarAddress>>;
