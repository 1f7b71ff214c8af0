import { z } from 'zod';
import { ANSWER_REFUSALS, ANSWER_STANDINGS } from '../../domain/answer.ts';
import { AUDIENCE_ROLES, PREVENTION_TIERS } from '../../domain/audience.ts';
import { STRATEGIES, TONES } from '../../domain/message.ts';
import { MESSENGER_KINDS } from '../../domain/messenger.ts';
import { APPEALS } from '../../domain/narrative.ts';
import { NETWORKS } from '../../domain/network.ts';
import { languageTag } from '../../domain/variant.ts';
import {
  choice,
  choices,
  contentLanguage,
  entries,
  line,
  longText,
  optionalChoice,
  optionalDay,
  optionalId,
  optionalLine,
  optionalLongText,
  optionalNumber,
  wholeNumber,
} from './fields.ts';

const MOST_IN_LIST = 60;
const version = { version: wholeNumber(0, Number.MAX_SAFE_INTEGER) };

export const narrativeForm = z.strictObject({
  claim: longText(1000),
  appeals: choices(APPEALS),
  circulation: optionalLongText(2000),
  severity: wholeNumber(1, 5),
  grievance: optionalLongText(2000),
  targets: entries(),
  tags: entries(),
});
export const narrativeEditForm = narrativeForm.extend(version);

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Two-letter code of a country or region that exists, or null. */
function countryCode(typed: string): string | null {
  const code = typed.toUpperCase();
  return /^[A-Z]{2}$/.test(code) && regions.of(code) !== undefined ? code : null;
}

/** Several short entries in one field, apart by commas, semicolons or new lines; each must be readable. */
function list(separator: RegExp, read: (entry: string) => string | null, wrong: string) {
  return z
    .string()
    .max(2000)
    .default('')
    .transform((typed, issues) => {
      const entries = [...new Set(typed.split(separator).map((entry) => entry.trim()))].filter(Boolean);
      const values = entries.map(read);
      if (entries.length <= MOST_IN_LIST && !values.includes(null)) return values as string[];
      issues.addIssue({ code: 'custom', message: wrong });
      return z.NEVER;
    });
}

const targeting = z
  .strictObject({
    countries: list(/[\s,;،؛]+/, countryCode, 'audiences.wrong-countries'),
    languages: list(/[\s,;،؛]+/, languageTag, 'audiences.wrong-languages'),
    ageFrom: wholeNumber(0, 120),
    ageTo: optionalNumber(0, 120),
    topics: list(/[\n\r]+/, (entry) => (entry.length <= 80 ? entry : null), 'audiences.wrong-topics'),
  })
  .refine(({ ageFrom, ageTo }) => ageTo === null || ageTo >= ageFrom, {
    path: ['ageTo'],
    message: 'audiences.wrong-age-to',
  });

export const segmentForm = z.strictObject({
  name: line(200),
  description: optionalLongText(2000),
  role: choice(AUDIENCE_ROLES),
  tier: choice(PREVENTION_TIERS),
  targeting,
  persona: optionalLongText(2000),
  tags: entries(),
});
export const segmentEditForm = segmentForm.extend(version);

const consent = z
  .strictObject({
    scope: optionalLongText(1000),
    networks: choices(NETWORKS),
    givenOn: optionalDay(),
    expiresOn: optionalDay(),
  })
  .refine(({ givenOn, expiresOn }) => !givenOn || !expiresOn || givenOn <= expiresOn, {
    path: ['expiresOn'],
    message: 'messengers.expires-before-given',
  });

export const messengerForm = z.strictObject({
  name: line(200),
  kind: choice(MESSENGER_KINDS),
  credibility: optionalLongText(1000),
  safety: optionalLongText(2000),
  consent,
  tags: entries(),
});
export const messengerEditForm = messengerForm.extend(version);

export const answerForm = z.strictObject({
  text: longText(4000),
  language: contentLanguage(),
  narrative: optionalId(),
  strategies: choices(STRATEGIES),
  tone: optionalChoice(TONES),
  standing: choice(ANSWER_STANDINGS),
  refusal: optionalChoice(ANSWER_REFUSALS),
  source: z.strictObject({
    collection: optionalLine(120),
    key: optionalLine(120),
    knowledge: optionalLongText(4000),
  }),
  tags: entries(),
});
export const answerEditForm = answerForm.extend(version);
