import type { CheckOf } from './attachment-checks.ts';
import type { Variant } from './message.ts';
import type { Check } from './readiness.ts';
import { RuleViolation } from './rule-violation.ts';
import { isSubstantiallySimilar, normaliseText } from './similarity.ts';
import { leadsToSomebody } from './tag.ts';
import { wholeText } from './variant.ts';

/**
 * An arm is one of the versions that an experiment compares: on one network, in one language, some readers or some
 * times get this text and not the others, so that what follows can be set side by side (treatment and control in
 * Kohavi, Tang & Xu 2020, Trustworthy Online Controlled Experiments, ch. 1; an arm of a trial in ICH E9, glossary). Its
 * short name says what the text does, such as “control” or “empathy”, and never who gets it. Arms of one name on
 * several networks or in several languages belong together.
 */
type Armed = Pick<Variant, 'arm'>;

/** Characters of a name: enough for a word or two, short enough to stand in a calendar. */
const LONGEST_ARM = 20;
const ARM_NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} _-]*$/u;

/**
 * The name of an arm as it is kept: single spaces, small letters, or a capital where one letter is all there is, as in
 * “A” or “B2”; null when nothing was typed.
 */
export function armName(typed: string | null | undefined): string | null {
  const plain = (typed ?? '').normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (plain === '') return null;
  const capital = plain.toUpperCase();
  return capital.match(/\p{L}/gu)?.length === 1 ? capital : plain.toLowerCase();
}

/** Which rule a name breaks: `arm-too-long`, `arm-names-a-person` (domain rule 6) or `arm-characters`; null for none. */
function faultOf(name: string): string | null {
  if ([...name].length > LONGEST_ARM) return 'arm-too-long';
  if (leadsToSomebody(name)) return 'arm-names-a-person';
  return ARM_NAME.test(name) ? null : 'arm-characters';
}

/**
 * The same texts with the names of their arms as they are kept. Throws `arm-too-long`, `arm-names-a-person` or
 * `arm-characters`.
 */
export function withArms<Given extends Armed>(variants: readonly Given[]): Given[] {
  return variants.map((variant, index) => {
    if (variant.arm === undefined) return variant;
    const arm = armName(variant.arm);
    const rule = arm && faultOf(arm);
    if (!rule) return { ...variant, arm };
    throw new RuleViolation(rule, `“${arm}” is no name for an arm: use a short word such as “control”.`, {
      field: `variants[${index}].arm`,
      values: { arm, limit: LONGEST_ARM },
    });
  });
}

type Placed = Pick<Variant, '_id' | 'network' | 'language' | 'accounts' | 'arm'>;

/** The other texts of the same network and language: those that a reader could get in place of this one. */
export function beside<Other extends Placed>(variant: Placed, all: readonly Other[]): Other[] {
  return all.filter(
    ({ _id, network, language }) =>
      _id !== variant._id && network === variant.network && language === variant.language,
  );
}

/** Throws `arm-taken` when two texts of one network and language have an arm of the same name. */
export function assertOwnArms(variants: readonly Placed[]): void {
  for (const [index, variant] of variants.entries()) {
    if (!isTaken(variant, variants.slice(0, index))) continue;
    throw new RuleViolation(
      'arm-taken',
      `Another text of this network and language is arm “${variant.arm}” already.`,
      { field: `variants[${index}].arm`, values: { arm: variant.arm ?? '' } },
    );
  }
}

function isTaken(variant: Placed, all: readonly Placed[]): boolean {
  return Boolean(variant.arm) && beside(variant, all).some(({ arm }) => arm === variant.arm);
}

/**
 * What is looked at in a text that others stand beside. Texts of different accounts need no arms: rule 5 asks for a
 * text of its own for each account. Arms that say the same, as texts are compared, compare nothing.
 */
export function armChecks(variant: Variant, all: readonly Variant[], of: CheckOf): Check[] {
  const arm = variant.arm ?? '';
  const rule = arm && faultOf(arm);
  if (rule) return [of(rule, 'stop', { arm, limit: LONGEST_ARM })];
  if (isTaken(variant, all)) return [of('arm-taken', 'stop', { arm })];
  const others = beside(variant, all).filter(({ text }) => text.trim() !== '');
  if (!arm) return others.some((other) => meet(variant, other)) ? [of('arm-needed', 'stop')] : [];
  const arms = others.filter((other) => other.arm);
  if (arms.length === 0) return [];
  const whole = wholeText(variant);
  const same = arms.find((other) => normaliseText(wholeText(other)) === normaliseText(whole));
  if (same) return [of('same-text-two-arms', 'stop', { arm: same.arm ?? '' })];
  const alike = arms.find((other) => isSubstantiallySimilar(wholeText(other), whole));
  if (alike) return [of('similar-arm', 'attention', { arm: alike.arm ?? '' })];
  return [of('same-text-two-arms', 'fine')];
}

/** Whether both may stand on one account, as far as accounts are chosen. */
function meet({ accounts }: Placed, other: Placed): boolean {
  if (accounts.length === 0 || other.accounts.length === 0) return true;
  return accounts.some((account) => other.accounts.includes(account));
}

type Names = readonly (string | null | undefined)[];

/**
 * A name that is free on a network and in a language: the first that other networks or languages of the message use
 * already, so that arms which belong together are called the same, else the first of A, B, C …
 */
export function nextArm(taken: Names, elsewhere: Names = []): string {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const free = [...elsewhere, ...letters].find((name) => name && !taken.includes(name));
  return free ?? String(taken.length + 1);
}
