import type { Message, Variant } from './message.ts';
import { NETWORKS, type Network } from './network.ts';
import { RuleViolation } from './rule-violation.ts';
import { languageTag } from './variant.ts';

const TRANSLATION_STATES = ['original', 'missing', 'draft', 'outdated', 'done'] as const;
export type TranslationState = (typeof TRANSLATION_STATES)[number];

/** One language of a message on one network, and one arm of an experiment where there are several. */
export interface Translation {
  network: Network;
  language: string;
  /** Name of its arm; null where there is none. */
  arm: string | null;
  /** Id of its variant; null while it is missing. */
  variant: string | null;
  state: TranslationState;
}

type Translated = Pick<Message, 'variants' | 'originalLanguage'>;

/** The language that the others render: the one named, else that of the first text; null without any text. */
export function originalLanguageOf({ originalLanguage, variants }: Translated): string | null {
  return originalLanguage ?? variants[0]?.language ?? null;
}

/**
 * The text that a translation renders: the original of the same arm before that of another one, on the same network
 * before that on the first network that has it.
 */
function originalFor({ network, arm }: Variant, message: Translated): Variant | null {
  const language = originalLanguageOf(message);
  const originals = message.variants.filter((variant) => variant.language === language);
  const ofArm = originals.filter((variant) => (variant.arm ?? null) === (arm ?? null));
  return [ofArm, originals].map((some) => onNetwork(network, some) ?? some[0]).find(Boolean) ?? null;
}

const onNetwork = (network: Network, variants: readonly Variant[]) =>
  variants.find((variant) => variant.network === network);

/** What of an original a translation has to render, as one string to be hashed: its texts and the words for its images. */
export function renderedSubject({ text, parts = [], images = [] }: Variant): string {
  return JSON.stringify([text, parts, images.map(({ altText }) => altText)]);
}

/** The languages that a brief names, as canonical BCP 47 tags; what is no tag is left out. */
export function languagesNamed(languages: string): string[] {
  const tags = languages.split(/[,;\n،]/).flatMap((typed) => languageTag(typed) ?? []);
  return [...new Set(tags)];
}

/**
 * Every language of a message on every network it stands on, in the order of the networks: what is there and what
 * is `missing` of the languages wanted, or of the arms of the original where a language has some of them. It informs and never gates: help in one language does not wait for another.
 */
export function translationsOf(
  message: Translated,
  { wanted, hash }: { wanted: readonly string[]; hash: (subject: string) => string },
): Translation[] {
  const used = message.variants.map(({ language }) => language);
  const languages = [...new Set([...used, ...wanted.filter((tag) => !used.some((one) => speaks(one, tag)))])];
  const networks = NETWORKS.filter((network) => message.variants.some((one) => one.network === network));
  return networks.flatMap((network) =>
    languages.flatMap((language): Translation[] => {
      const there = message.variants.filter((one) => one.network === network && one.language === language);
      const missing = (arm: string | null): Translation => ({
        network,
        language,
        arm,
        variant: null,
        state: 'missing',
      });
      if (there.length === 0) return [missing(null)];
      const found = there.map((variant) => ({
        network,
        language,
        arm: variant.arm ?? null,
        variant: variant._id,
        state: stateOf(variant, message, hash),
      }));
      return [...found, ...armsWithout(there, message).map(missing)];
    }),
  );
}

/** Arms of the original on this network that a language with arms does not render yet. */
function armsWithout(there: readonly Variant[], message: Translated): string[] {
  if (there.some(({ arm }) => !arm)) return [];
  const original = originalLanguageOf(message);
  const arms = message.variants
    .filter(({ network, language }) => network === there[0]?.network && language === original)
    .flatMap(({ arm }) => arm ?? []);
  return arms.filter((arm) => !there.some((variant) => variant.arm === arm));
}

function stateOf(variant: Variant, message: Translated, hash: (subject: string) => string): TranslationState {
  if (variant.language === originalLanguageOf(message)) return 'original';
  const original = originalFor(variant, message);
  if (variant.text.trim() === '' || !variant.renders || !original) return 'draft';
  return variant.renders === hash(renderedSubject(original)) ? 'done' : 'outdated';
}

/** A regional tag speaks the language that a shorter tag names: `fr-BE` speaks `fr`. */
function speaks(tag: string, wanted: string): boolean {
  return tag === wanted || tag.startsWith(`${wanted}-`);
}

/** Throws `translation-is-original` or `translation-empty`: only a written text in another language renders one. */
export function assertMayRender(variant: Variant, message: Translated): Variant {
  const original = originalFor(variant, message);
  if (!original || variant.language === originalLanguageOf(message)) {
    throw new RuleViolation('translation-is-original', 'This is the original that the others render.');
  }
  if (variant.text.trim() === '' || original.text.trim() === '') {
    throw new RuleViolation('translation-empty', 'Write both texts first.');
  }
  return original;
}
