import { z } from 'zod';
import { ANSWER_STANDINGS } from '../../domain/answer.ts';
import { AUDIENCE_ROLES, PREVENTION_TIERS } from '../../domain/audience.ts';
import { MESSAGE_STATES, MESSAGE_TYPES, STRATEGIES, TONES } from '../../domain/message.ts';
import { MESSENGER_KINDS } from '../../domain/messenger.ts';
import { APPEALS } from '../../domain/narrative.ts';
import { NETWORKS } from '../../domain/network.ts';
import { nameOfTag } from '../../domain/tag.ts';
import { languageTag } from '../../domain/variant.ts';
import { optionalChoice, optionalId, optionalLine, wholeNumber } from './fields.ts';

/** What lists read from their address; anything odd counts as not asked for. */
const asked = {
  q: optionalLine(200).catch(''),
  page: wholeNumber(1, 10_000).catch(1),
  tag: optionalLine(60)
    .catch('')
    // Free tags are kept in small letters, those of a vocabulary as it spells them.
    .transform((tag) => (nameOfTag(tag) === null ? tag.toLowerCase() : tag)),
};
const oneOf = <const Value extends string>(values: readonly Value[]) => optionalChoice(values).catch(null);
const someId = optionalId().catch(null);
const someLine = optionalLine(120).catch('');
const language = optionalLine(40)
  .catch('')
  .transform((typed) => languageTag(typed));
const severities = ['1', '2', '3', '4', '5'] as const;

export const narrativeQuery = z.object({
  ...asked,
  appeal: oneOf(APPEALS),
  severity: oneOf(severities).transform((typed) => (typed === null ? null : Number(typed))),
  target: someLine,
});

export const answerQuery = z.object({
  ...asked,
  language,
  strategy: oneOf(STRATEGIES),
  tone: oneOf(TONES),
  standing: oneOf(ANSWER_STANDINGS),
  narrative: someId,
  collection: someLine,
});

export const messageQuery = z.object({
  ...asked,
  campaign: someId,
  state: oneOf(MESSAGE_STATES),
  type: oneOf(MESSAGE_TYPES),
  network: oneOf(NETWORKS),
  language,
  strategy: oneOf(STRATEGIES),
  tone: oneOf(TONES),
  narrative: someId,
});

export const segmentQuery = z.object({
  ...asked,
  role: oneOf(AUDIENCE_ROLES),
  tier: oneOf(PREVENTION_TIERS),
});

/** Which page of a list; nonsense is the first. */
export const pageQuery = z.object({ page: asked.page });
export const assetQuery = z.object({ q: asked.q, page: asked.page });

export const messengerQuery = z.object({ ...asked, kind: oneOf(MESSENGER_KINDS) });
