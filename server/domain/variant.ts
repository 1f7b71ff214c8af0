import { type Account, assertOnNetwork } from './account.ts';
import { textsOf } from './delivery.ts';
import type { Origin, Variant } from './message.ts';
import { RuleViolation } from './rule-violation.ts';
import { isSubstantiallySimilar } from './similarity.ts';

/**
 * What any of the networks takes for a mention. X wants no Latin letter, digit or underscore right before it, so that a
 * point (“.@name”) or an Arabic “and” leads in a mention; Mastodon also takes one after another @. Sources: twitter-text
 * `validMentionPrecedingChars`, Mastodon `Account::MENTION_RE`.
 */
const MENTION =
  /(?<![A-Za-z0-9_])[@＠]([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?(?:@[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{N}])?)?)/gu;
const COMMON_HOST =
  /(?:[\p{L}\p{N}-]+\.)+(?:com|org|net|info|int|eu|be|fr|de|nl|uk|ma|tn|dz)(?![\p{L}\p{N}])/u;
const LINK = new RegExp(
  `(?<![@\\p{L}\\p{N}_.-])(?:https?:\\/\\/\\S+|www\\.\\S+|(?:[\\p{L}\\p{N}-]+\\.)+[a-z]{2,}\\/\\S*|${COMMON_HOST.source}(?!@))`,
  'giu',
);
const RIGHT_TO_LEFT_LANGUAGES = ['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'];
const RIGHT_TO_LEFT_SCRIPTS = ['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa'];
const RIGHT_TO_LEFT_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu;

/** Handles, without the @ but with the server where one is named, that the text speaks to. E-mail addresses are not mentions. */
export function mentionsIn(text: string): string[] {
  return [...text.matchAll(MENTION)].map(([, handle]) => handle ?? '');
}

/** Addresses in the text as a network would link them, in order. */
export function linksIn(text: string): string[] {
  return [...text.matchAll(LINK)].map(([link]) => link.replace(/[.,;:!?)\]»”"']+$/u, ''));
}

/** Canonical BCP 47 tag, or null when it is none. */
export function languageTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim())[0] ?? null;
  } catch {
    return null;
  }
}

export type Direction = 'ltr' | 'rtl';

/** The direction that a language is written in; a script subtag (`az-Arab`) decides before the language does. */
export function directionOf(language: string): Direction {
  const { script, language: base } = new Intl.Locale(languageTag(language) ?? 'und');
  if (script) return RIGHT_TO_LEFT_SCRIPTS.includes(script) ? 'rtl' : 'ltr';
  return RIGHT_TO_LEFT_LANGUAGES.includes(base) ? 'rtl' : 'ltr';
}

/** Whether most letters of the text are written in the direction of its language; a text without letters is. */
export function isInDirection(text: string, language: string): boolean {
  const words = linksIn(text).reduce((rest, link) => rest.replace(link, ''), text);
  const letters = words.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return true;
  const rightToLeft = words.match(RIGHT_TO_LEFT_LETTER)?.length ?? 0;
  return directionOf(language) === 'rtl' ? rightToLeft * 2 >= letters : rightToLeft * 2 <= letters;
}

/** How the scripts of Intl are written as Unicode scripts, where they differ. */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  Jpan: ['Hiragana', 'Katakana', 'Han'],
  Hans: ['Han'],
  Hant: ['Han'],
  Kore: ['Hangul', 'Han'],
};

/** Whether most letters of the text are of the script that its language is written in; a text without letters is. */
export function isInScript(text: string, language: string): boolean {
  const { script } = new Intl.Locale(languageTag(language) ?? 'und').maximize();
  const words = linksIn(text).reduce((rest, link) => rest.replace(link, ''), text);
  const letters = words.match(/\p{L}/gu)?.length ?? 0;
  if (!script || letters === 0) return true;
  const names = SCRIPTS[script] ?? [script];
  const own = new RegExp(`[${names.map((name) => `\\p{Script=${name}}`).join('')}]`, 'gu');
  return (words.match(own)?.length ?? 0) * 2 >= letters;
}

const ORIGIN_LABEL =
  /#(?:AI|IA|MadeWithAI)(?![\p{L}\p{N}_])|\b(?:AI|machine)[ -](?:generated|written|made)\b|(?:généré|rédigé|créé)e?s? (?:par|avec|à l’aide de|à l'aide de) (?:l['’])?(?:une )?IA\b|\bIA générative\b|(?:مولّ?د|أُ?نشئ|كُ?تب)ة? (?:بـ?|بواسطة )(?:ال)?ذكاء ?(?:ال)?[اإ]صطناعي|#ذكاء_اصطناعي/iu;

/**
 * Whether the text says what a machine's part demands: texts that a machine wrote, or may have written, are
 * labelled in the text itself. Assistance that a named person edited needs no label (AI Act 50(4), second half).
 */
export function carriesOriginLabel(text: string, origin: Origin): boolean {
  return origin === 'human' || origin === 'ai-assisted' || ORIGIN_LABEL.test(text);
}

/** Mentions of anybody who is not one of the organisation's own accounts. */
export function strangersIn(text: string, ownHandles: readonly string[]): string[] {
  // A mention of somebody on the same server leaves the server out.
  const own = ownHandles
    .flatMap((handle) => [handle, handle.split('@')[0] ?? ''])
    .map((name) => name.toLowerCase());
  return mentionsIn(text).filter((handle) => !own.includes(handle.toLowerCase()));
}

/** Throws `unsolicited-mention` (domain rule 4: nobody is spoken to who did not engage first). */
export function assertNoStrangers(variants: readonly Variant[], ownHandles: readonly string[]): void {
  for (const [index, variant] of variants.entries()) {
    const [handle, at] = firstStranger(variant, ownHandles);
    if (handle === undefined) continue;
    throw new RuleViolation(
      'unsolicited-mention',
      `“@${handle}” speaks to somebody who did not ask for it. Write the name without the @, or leave it out.`,
      { field: `variants[${index}].${at}`, values: { mention: `@${handle}` } },
    );
  }
}

/** The first stranger of a text or thread, and the field in which they stand. */
function firstStranger(variant: Variant, ownHandles: readonly string[]): [handle?: string, field?: string] {
  for (const [index, text] of textsOf(variant).entries()) {
    const [handle] = strangersIn(text, ownHandles);
    if (handle !== undefined) return [handle, index === 0 ? 'text' : `parts[${index - 1}].text`];
  }
  return [];
}

/** Throws `account-other-network` when an account lives on another network than the text that names it. */
export function assertOwnNetwork(
  variants: readonly Variant[],
  accounts: readonly Pick<Account, '_id' | 'handle' | 'network'>[],
): void {
  for (const [index, { network, accounts: named }] of variants.entries()) {
    const other = accounts.find((account) => named.includes(account._id) && account.network !== network);
    if (other) assertOnNetwork(other, network, `variants[${index}].account`);
  }
}

/**
 * Throws `same-text-two-accounts` when one text, or substantially the same, stands for two accounts of one
 * network (domain rule 5; also the networks' own rules against platform manipulation).
 */
export function assertDifferentTexts(variants: readonly Variant[]): void {
  for (const [index, variant] of variants.entries()) {
    if (!repeatsAcrossAccounts(variant, variants)) continue;
    throw new RuleViolation(
      'same-text-two-accounts',
      'Substantially the same text stands for two accounts of one network. Keep one account, or write a text of its own for the other.',
      { field: `variants[${index}].account` },
    );
  }
}

/** Whether this text would appear, the same or substantially similar, on two accounts of its network. */
export function repeatsAcrossAccounts(variant: Variant, all: readonly Variant[]): boolean {
  if (variant.accounts.length > 1) return true;
  if (variant.text.trim() === '') return false;
  return all.some(
    (other) =>
      other._id !== variant._id &&
      other.network === variant.network &&
      other.accounts.some((account) => !variant.accounts.includes(account)) &&
      variant.accounts.length > 0 &&
      isSubstantiallySimilar(wholeText(variant), wholeText(other)),
  );
}

/** All that a reader reads of it: one text, or a thread from beginning to end. */
export function wholeText(content: Pick<Variant, 'text' | 'parts'>): string {
  return textsOf(content).join('\n');
}
