import { z } from 'zod';
import { OCCURRENCES } from '../../domain/calendar-time.ts';
import { RESOLUTIONS } from '../../domain/resolution.ts';
import { choice, id, ids, longText, optionalChoice, optionalId, optionalLine, ticked } from './fields.ts';

const dueTime = {
  /** Checked by the domain, which says what is wrong with it. */
  wallTime: z.string().trim().max(30).default(''),
  occurrence: optionalChoice(OCCURRENCES),
  /** Ticked by somebody who has seen what speaks against the time. */
  seenWarnings: ticked(),
};

export const scheduleForm = z.strictObject({
  message: id(),
  variant: id(),
  account: id(),
  when: choice(['at', 'now']),
  /** Another arm of the text, to be placed next. */
  next: optionalId(),
  ...dueTime,
});

export const moveForm = z.strictObject(dueTime);

export const cancellationForm = z.strictObject({ reason: optionalLine(500) });

export const resolutionForm = z.strictObject({
  rev: z.coerce.number().int().min(0),
  resolution: choice(RESOLUTIONS),
  remoteUrl: optionalLine(500),
});

export const withdrawalForm = z.strictObject({ reason: longText(500) });

export const pauseForm = z.strictObject({ reason: longText(500) });

export const resumptionForm = z.strictObject({ letGo: ids({ max: 1000 }) });
