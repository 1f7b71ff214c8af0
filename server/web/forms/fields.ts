import { z } from 'zod';
import { currentZoneName } from '../../domain/time-zone.ts';
import { languageTag } from '../../domain/variant.ts';

const lineBreaks = /\r\n?/g;
const anyBreak = /[\r\n]+/g;

/** One line that must be there. */
export const line = (max = 200) =>
  z
    .string()
    .transform((typed) => typed.replace(anyBreak, ' ').trim())
    .pipe(z.string().min(1).max(max));

/** One line that may be empty. */
export const optionalLine = (max = 200) =>
  z
    .string()
    .default('')
    .transform((typed) => typed.replace(anyBreak, ' ').trim())
    .pipe(z.string().max(max));

/** Several lines that must be there. */
export const longText = (max = 4000) =>
  z
    .string()
    .transform((typed) => typed.replace(lineBreaks, '\n').trim())
    .pipe(z.string().min(1).max(max));

/** Several lines that may be empty. */
export const optionalLongText = (max = 4000) =>
  z
    .string()
    .default('')
    .transform((typed) => typed.replace(lineBreaks, '\n').trim())
    .pipe(z.string().max(max));

export const email = () =>
  z
    .string()
    .transform((typed) => typed.trim().toLowerCase())
    .pipe(z.email().max(254));

/** Exactly one of these. */
export const choice = <const Value extends string>(values: readonly Value[]) =>
  z.enum(values as readonly [Value, ...Value[]]);

/** One of these or, when nothing was chosen, null. */
export const optionalChoice = <const Value extends string>(values: readonly Value[]) =>
  z.preprocess((sent) => (sent === '' || sent === undefined ? null : sent), choice(values).nullable());

/** The language of a text, as a BCP 47 tag. */
export const contentLanguage = () =>
  z
    .string()
    .max(40)
    .transform((typed, issues) => {
      const tag = languageTag(typed);
      if (tag !== null) return tag;
      issues.addIssue({ code: 'custom', message: 'messages.wrong-language' });
      return z.NEVER;
    });

/** Several short entries in one field, apart by commas, semicolons or new lines. */
export const entries = (max = 2000) =>
  z
    .string()
    .max(max)
    .default('')
    .transform((typed) => [...new Set(typed.split(/[\n\r,;،؛]+/).map((one) => one.trim()))].filter(Boolean));

/** Several entries in one field, one a line. */
export const lines = (max = 4000) =>
  z
    .string()
    .max(max)
    .default('')
    .transform((typed) =>
      typed
        .split(/[\n\r]+/)
        .map((one) => one.trim())
        .filter(Boolean),
    );

/** Ticked boxes or a multiple select: always a list, without repetitions. */
export const choices = <const Value extends string>(values: readonly Value[], { min = 0 } = {}) =>
  z.preprocess(asList, z.array(choice(values)).min(min));

/** Like choices, for ids of things that are in the database. */
export const ids = ({ min = 0, max = 100 } = {}) => z.preprocess(asList, z.array(id()).min(min).max(max));

/** The id of something, chosen from a list. */
export const id = () => z.string().regex(/^[0-9a-f]{24}$/, { error: 'app.wrong.not-in-list' });

/** The id of something or, when nothing was chosen, null. */
export const optionalId = () =>
  z.preprocess((sent) => (sent === '' || sent === undefined ? null : sent), id().nullable());

/** A box that is ticked or not. */
export const ticked = () =>
  z.preprocess((sent) => sent !== undefined && sent !== '' && sent !== 'false', z.boolean());

/** A whole number that must be there. */
export const wholeNumber = (min: number, max: number) =>
  z.preprocess(asNumber, z.number().int().min(min).max(max));

/** A number or, when nothing was typed, null. */
export const optionalNumber = (min: number, max: number) =>
  z.preprocess((sent) => asNumber(sent) ?? null, z.number().min(min).max(max).nullable());

/** A day as `YYYY-MM-DD`, kept as midnight UTC; null when nothing was typed. */
export const optionalDay = () =>
  z
    .string()
    .default('')
    .transform((typed, issues) => {
      if (typed.trim() === '') return null;
      const at = new Date(`${typed.trim()}T00:00:00Z`);
      if (isRealDay(typed.trim(), at)) return at;
      issues.addIssue({ code: 'custom', message: 'app.wrong.day' });
      return z.NEVER;
    });

/** An IANA time zone that this machine knows. */
export const timeZone = () =>
  z
    .string()
    .refine((zone) => zone !== '' && isTimeZone(zone), { error: 'app.wrong.time-zone' })
    .transform(currentZoneName);

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

function isRealDay(typed: string, at: Date): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed)
  );
}

function asList(sent: unknown): unknown {
  if (sent === undefined || sent === '') return [];
  return Array.isArray(sent) ? [...new Set(sent)] : [sent];
}

function asNumber(sent: unknown): unknown {
  if (typeof sent !== 'string' || sent.trim() === '') return undefined;
  return Number(sent.trim().replace(',', '.'));
}
