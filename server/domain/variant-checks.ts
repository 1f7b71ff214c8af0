import { type Account, isDisclosed } from './account.ts';
import { armChecks } from './arm.ts';
import { type AttachmentFacts, type CheckOf, imageChecks, THREAD_LIMIT } from './attachment-checks.ts';
import { textsOf } from './delivery.ts';
import type { MessageContent, Variant } from './message.ts';
import type { NeighbourText } from './placement.ts';
import type { Check, CheckOutcome } from './readiness.ts';
import { isSubstantiallySimilar } from './similarity.ts';
import type { TemplateFault } from './template.ts';
import { callCheck, writingChecks } from './text-checks.ts';
import { carriesOriginLabel, repeatsAcrossAccounts, strangersIn, wholeText } from './variant.ts';

/** A text counted as its network counts it. */
export interface VariantCount {
  length: number;
  limit: number;
  /** Where the network counts bytes as well. */
  bytes?: { length: number; limit: number };
  isWithin: boolean;
}

export interface VariantFacts extends AttachmentFacts {
  /** Counts as the network counts; null where this installation has no adapter for it. */
  count(variant: Pick<Variant, 'network' | 'text' | 'accounts'>): VariantCount | null;
  /** What keeps its templates from becoming texts. */
  faults(variant: Variant): TemplateFault[];
  /** What the organisation's accounts say these weeks, other messages only. */
  neighbours: readonly (NeighbourText & Pick<Account, 'network'>)[];
  accounts: readonly Pick<Account, '_id' | 'handle' | 'network' | 'disclosure'>[];
}

/** What is looked at in one variant: its texts, its images, its accounts, and how it stands to the other variants. */
export function variantChecks(variant: Variant, message: MessageContent, facts: VariantFacts): Check[] {
  if (variant.text.trim() === '') return [{ rule: 'text-needed', outcome: 'stop', variant: variant._id }];
  const of = (rule: string, outcome: CheckOutcome, values: Check['values'] = {}): Check => ({
    rule,
    outcome,
    variant: variant._id,
    values,
  });
  const texts = textsOf(variant);
  const whole = wholeText(variant);
  const ownHandles = facts.accounts.map(({ handle }) => handle);
  const strangers = strangersIn(whole, ownHandles);
  return [
    ...facts
      .faults(variant)
      .map(({ rule, values }) => of(rule, rule === 'template-outdated' ? 'attention' : 'stop', values)),
    ...(texts.length > 1 ? threadChecks(variant, facts, of) : [lengthCheck(variant, facts, of)]),
    of('unsolicited-mention', strangers.length === 0 ? 'fine' : 'stop', {
      mention: `@${strangers[0] ?? ''}`,
    }),
    ...writingChecks(whole, variant.language, of),
    callCheck(whole, message, of),
    ...imageChecks(variant, texts, facts, of),
    ...accountChecks(variant, facts, of),
    of('same-text-two-accounts', repeatsAcrossAccounts(variant, message.variants) ? 'stop' : 'fine'),
    ...armChecks(variant, message.variants, of),
    ...neighbourChecks(variant, facts, of),
    ...(message.origin === 'human'
      ? []
      : [of('origin-label-needed', carriesOriginLabel(whole, message.origin) ? 'fine' : 'stop')]),
  ];
}

function lengthCheck(variant: Variant, { count }: VariantFacts, of: CheckOf): Check {
  const counted = count(variant);
  if (!counted) return of('text-uncounted', 'attention', { network: variant.network });
  const { length, limit, isWithin } = counted;
  if (isWithin) return of('text-too-long', 'fine', { length, limit, network: variant.network });
  const { rule, values } = whatIsTooLong(counted);
  return of(rule, 'stop', { ...values, network: variant.network });
}

/** Every part is a post of its own: with a text, and within the network's limit. */
function threadChecks(variant: Variant, { count }: VariantFacts, of: CheckOf): Check[] {
  const texts = textsOf(variant);
  if (texts.length > THREAD_LIMIT) {
    return [of('thread-too-long', 'stop', { count: texts.length, limit: THREAD_LIMIT })];
  }
  const counts = texts.map((text) => count({ ...variant, text }));
  if (counts.includes(null)) return [of('text-uncounted', 'attention', { network: variant.network })];
  const stops = texts.flatMap((text, index) => {
    const counted = counts[index];
    const place = { part: index + 1, network: variant.network };
    if (text.trim() === '') return [of('part-empty', 'stop', place)];
    if (!counted || counted.isWithin) return [];
    const { rule, values } = whatIsTooLong(counted);
    return [of(rule.replace('text', 'part'), 'stop', { ...values, ...place })];
  });
  return stops.length > 0 ? stops : [of('part-too-long', 'fine', { count: texts.length })];
}

/** Names the limit that a text goes beyond: the network's own units, or the bytes that they take. */
export function whatIsTooLong({ length, limit, bytes }: VariantCount) {
  return length <= limit && bytes
    ? { rule: 'text-too-many-bytes', values: { ...bytes } }
    : { rule: 'text-too-long', values: { length, limit } };
}

function accountChecks(variant: Variant, { accounts }: VariantFacts, of: CheckOf): Check[] {
  const chosen = accounts.filter(({ _id }) => variant.accounts.includes(_id));
  const fitting = chosen.filter(({ network }) => network === variant.network);
  if (fitting.length === 0 || fitting.length < variant.accounts.length) return [of('account-needed', 'stop')];
  return fitting.map((account) =>
    of('account-disclosure', isDisclosed(account) ? 'fine' : 'attention', { handle: `@${account.handle}` }),
  );
}

/** Repetition wears out an audience, and across accounts of one network it is refused when it is placed (rule 5). */
function neighbourChecks(variant: Variant, { neighbours, accounts }: VariantFacts, of: CheckOf): Check[] {
  const similar = neighbours.find(
    (other) =>
      other.network === variant.network && isSubstantiallySimilar(wholeText(other), wholeText(variant)),
  );
  if (!similar) return [];
  const handle = accounts.find(({ _id }) => _id === similar.account)?.handle ?? '';
  return [of('similar-post', 'attention', { handle: `@${handle}` })];
}
