import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import type { Campaign } from '../domain/campaign.ts';
import { textsOf } from '../domain/delivery.ts';
import type { MessageContent, Variant } from '../domain/message.ts';
import { costUsdOf } from '../domain/post-cost.ts';
import { type Check, checksOf } from '../domain/readiness.ts';
import { networkFacts } from '../domain/server-limits.ts';
import type { VariantCount } from '../domain/variant-checks.ts';
import { faultsOf } from '../domain/written-out.ts';
import { textsAround } from '../models/delivery.ts';
import { draftFacts } from '../models/draft-facts.ts';
import { fieldSources } from '../models/field-sources.ts';
import { type CardFacts, cardFacts } from './card-facts.ts';

/** So that a preview stays quick while somebody types. */
const MOST_NEIGHBOURS = 300;

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
  { campaign, message }: { campaign: Pick<Campaign, 'title' | 'brief'>; message: string | null },
): Promise<CheckedDraft> {
  const facts = await draftFacts(content, config);
  const cards = await cardFacts({ platforms }, content.variants);
  const sources = await fieldSources(campaign, facts.accounts);
  const faults = (variant: Variant) => faultsOf(variant, content, sources);
  const neighbours = await neighboursOf(content, { message, now: clock.now() });
  const { assets } = cards;
  const measured = networkFacts(platforms, facts.accounts);
  const checks = checksOf(content, { ...facts, ...measured, faults, neighbours, assets, now: clock.now() });
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
    // Nothing is paid for what is not written yet.
    const written = textsOf(variant).filter((text) => text.trim() !== '');
    return prices ? costUsdOf(prices, written) : null;
  }
}

/** What else is said around now on the networks of a draft. */
async function neighboursOf(
  { variants }: MessageContent,
  { message, now }: { message: string | null; now: Date },
) {
  const networks = [...new Set(variants.map(({ network }) => network))];
  const perNetwork = await Promise.all(
    networks.map(async (network) => {
      const except = message ? { message } : {};
      const texts = await textsAround(network, now, { ...except, most: MOST_NEIGHBOURS });
      return texts.map((text) => ({ ...text, network }));
    }),
  );
  return perNetwork.flat();
}
