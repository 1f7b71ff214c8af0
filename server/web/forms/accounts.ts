import { z } from 'zod';
import { NETWORKS } from '../../domain/network.ts';
import { choice, line, ticked, timeZone, wholeNumber } from './fields.ts';

export const rehearsalSchema = z.strictObject({ network: choice(NETWORKS) });

/** What the network adds to the address when it sends a person back. */
export const returnSchema = z.object({
  state: z.string().min(1).max(500),
  code: z.string().min(1).max(2000),
});

export const disclosureSchema = z.strictObject({
  operatorInProfile: ticked(),
  automatedLabel: ticked(),
  ownerNamed: ticked(),
});

export const paceSchema = z.strictObject({
  version: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  timeZone: timeZone(),
  gapMinutes: wholeNumber(0, 1440),
  quietFromHour: wholeNumber(0, 23),
  quietToHour: wholeNumber(0, 23),
});

export const pauseSchema = z.strictObject({ reason: line(300) });
