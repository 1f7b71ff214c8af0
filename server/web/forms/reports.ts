import { z } from 'zod';
import { STEPS } from '../../domain/period.ts';
import { optionalChoice } from './fields.ts';

/** What is drawn: growth per step, or the running total at its end. */
export const SHOWS = ['gained', 'total'] as const;
export type Show = (typeof SHOWS)[number];

const day = z
  .string()
  .transform((typed) => typed.trim() || undefined)
  .optional()
  .catch(undefined);

/** The filters in the address of a report. A day that does not exist is for the domain to refuse. */
export const reportFilters = z.object({
  from: day,
  to: day,
  step: optionalChoice(STEPS).catch(null),
  show: z.enum(SHOWS).catch('gained'),
});
