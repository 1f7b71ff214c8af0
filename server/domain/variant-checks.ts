import { type Account, isDisclosed } from './account.ts';
import { textsOf, wholeTextOf } from './delivery.ts';
import type { MessageContent, Variant } from './message.ts';
import type { NeighbourText } from './placement.ts';
import type { Check, CheckOutcome } from './readiness.ts';
import { isSubstantiallySimilar } from './similarity.ts';
import type { TemplateFault } from './template.ts';
import { type CheckOf, callCheck, writingChecks } from './text-checks.ts';
import { carriesOriginLabel, repeatsAcrossAccounts, strangersIn } from './variant.ts';

/** A text counted as its network counts it. */
export interface VariantCount {
  length: number;
  limit: number;
  /** Where the network counts bytes as well. */
  bytes?: { length: number; limit: number };
  isWithin: boolean;
}

export interface VariantFacts {
  /** Counts as the network counts; null where this installation has no adapter for it. */
  count(variant: Pick<Variant, 'network' | 'text' | 'accounts'>): VariantCount | null;
  /** What keeps its templates from becoming texts. */
  faults(variant: Variant): TemplateFault[];
  /** What the organisation's accounts say these weeks, other messages only. */
  neighbours: readonly (NeighbourText & Pick<Account, 'network'>)[];
  accounts: readonly Pick<Account, '_id' | 'handle' | 'network' | 'disclosure'>[];
}

/** What is looked at in one variant: its text, its accounts, and how both stand to the other variants. */
export function variantChecks(variant: Variant, message: MessageContent, facts: VariantFacts): Check[] {
  const text = wholeTextOf(variant);
  if (textsOf(variant).some((part) => part.trim() === ''))
    return [{ rule: 'text-needed', outcome: 'stop', variant: variant._id }];
  const of = (rule: string, outcome: CheckOutcome, values: Check['values'] = {}): Check => ({
    rule,
    outcome,
    variant: variant._id,
    values,
  });
  const ownHandles = facts.accounts.map(({ handle }) => handle);
  const strangers = strangersIn(text, ownHandles);
  return [
    ...facts
      .faults(variant)
      .map(({ rule, values }) => of(rule, rule === 'template-outdated' ? 'attention' : 'stop', values)),
    lengthCheck(variant, facts, of),
    of('unsolicited-mention', strangers.length === 0 ? 'fine' : 'stop', {
      mention: `@${strangers[0] ?? ''}`,
    }),
    ...writingChecks(text, variant.language, of),
    callCheck(text, message, of),
    ...accountChecks(variant, facts, of),
    of('same-text-two-accounts', repeatsAcrossAccounts(variant, message.variants) ? 'stop' : 'fine'),
    ...neighbourChecks(variant, facts, of),
    ...(message.origin === 'human'
      ? []
      : [of('origin-label-needed', carriesOriginLabel(text, message.origin) ? 'fine' : 'stop')]),
  ];
}

/** Of the first part that is too long, else of the longest. */
function lengthCheck(variant: Variant, { count }: VariantFacts, of: CheckOf): Check {
  const counts = textsOf(variant).map((text) => count({ ...variant, text }));
  const counted = worstOf(counts);
  if (!counted) return of('text-uncounted', 'attention', { network: variant.network });
  const { length, limit, isWithin } = counted;
  if (isWithin) return of('text-too-long', 'fine', { length, limit, network: variant.network });
  const { rule, values } = whatIsTooLong(counted);
  return of(rule, 'stop', { ...values, network: variant.network });
}

/** The first count that goes beyond its limit, else the longest; null when one of them could not be made. */
export function worstOf(counts: readonly (VariantCount | null)[]): VariantCount | null {
  const known = counts.filter((count) => count !== null);
  if (known.length < counts.length) return null;
  const longest = known.toSorted((a, b) => b.length - a.length)[0] ?? null;
  return known.find(({ isWithin }) => !isWithin) ?? longest;
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
    ({ network, text }) => network === variant.network && isSubstantiallySimilar(text, wholeTextOf(variant)),
  );
  if (!similar) return [];
  const handle = accounts.find(({ _id }) => _id === similar.account)?.handle ?? '';
  return [of('similar-post', 'attention', { handle: `@${handle}` })];
}
