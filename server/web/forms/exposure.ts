import { z } from 'zod';
import { CAP_LIMITS } from '../../domain/exposure.ts';
import { optionalNumber, ticked } from './fields.ts';

/** What the page's script tells about a veil: a fingerprint of what stands behind it, never the thing itself. */
export const veilSchema = z.strictObject({
  thing: z.string().regex(/^[0-9a-f]{8}$/),
  isAllTheSame: ticked(),
});

/** Empty means: never ask. */
export const exposureCapSchema = z.strictObject({
  cap: optionalNumber(CAP_LIMITS.least, CAP_LIMITS.most).pipe(z.int().nullable()),
});
