import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import { textsOf } from '../domain/delivery.ts';
import type { MessageContent, Variant } from '../domain/message.ts';
import { costUsdOf } from '../domain/post-cost.ts';
import { type Check, checksOf } from '../domain/readiness.ts';
import { networkFacts } from '../domain/server-limits.ts';
import type { VariantCount } from '../domain/variant-checks.ts';
import { draftFacts } from '../models/draft-facts.ts';
import { type CardFacts, cardFacts } from './card-facts.ts';

interface CheckedVariant {
  variant: Variant;
  account: Account | null;
  /** One for each text of a thread; null where this installation has no adapter for the network. */
  counts: (VariantCount | null)[];
  /** What posting it once costs, in US dollars; null when the network charges nothing that we know of. */
  costUsd: number | null;
  checks: Check[];
}

export interface CheckedDraft {
  /** Checks of the message as a whole. */
  checks: Check[];
  variants: CheckedVariant[];
  cards: CardFacts;
}

/** Looks at a draft, saved or not, as review will: counts as each network counts, names what is missing. */
export async function draftChecks(
  { config, platforms, clock }: Pick<Context, 'config' | 'platforms' | 'clock'>,
  content: MessageContent,
): Promise<CheckedDraft> {
  const facts = await draftFacts(content, config);
  const cards = await cardFacts({ platforms }, content.variants);
  const { assets } = cards;
  const measured = networkFacts(platforms, facts.accounts);
  const checks = checksOf(content, { ...facts, ...measured, assets, now: clock.now() });
  return {
    cards,
    checks: checks.filter(({ variant }) => variant === null),
    variants: content.variants.map((variant) => ({
      variant,
      account: facts.accounts.find(({ _id }) => variant.accounts.includes(_id)) ?? null,
      counts: textsOf(variant).map((text) => measured.count({ ...variant, text })),
      costUsd: costOf(variant),
      checks: checks.filter((check) => check.variant === variant._id),
    })),
  };

  function costOf(variant: Variant): number | null {
    const prices = platforms[variant.network]?.capabilities.prices;
    return prices ? costUsdOf(prices, textsOf(variant)) : null;
  }
}
