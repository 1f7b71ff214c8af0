import { proportionOf } from '../domain/comparison.ts';
import { type Summary, summarise } from '../domain/figures.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Network } from '../domain/network.ts';
import { type Interval, wilsonInterval } from '../domain/proportions.ts';
import { lastMeasuredAt, type MeasuredDelivery } from './measured-deliveries.ts';

interface Row {
  /** Title of the message. */
  readonly title: string;
  readonly network: Network;
  readonly language: string;
  readonly text: string;
  readonly summary: Summary;
  /** 95 %, of the engagement rate. */
  readonly interval: Interval | null;
}

export interface PostRow extends Row {
  readonly post: string;
  /** On its first account. */
  readonly publishedAt: Date;
  readonly accounts: number;
  readonly isWithdrawn: boolean;
  readonly measuredAt: Date | null;
}

export interface VariantRow extends Row {
  readonly variant: string;
  /** A, B, C, … in the order of first publication. */
  readonly letter: string;
  readonly posts: number;
}

/** One row per post; its accounts are on one network, so their figures may be added. */
export function reportPosts(
  deliveries: readonly MeasuredDelivery[],
  titles: ReadonlyMap<string, string>,
): PostRow[] {
  return groups(deliveries, (delivery) => delivery.post).map(([post, first, all]) => ({
    ...row(first, all, titles),
    post,
    publishedAt: first.publishedAt,
    accounts: all.length,
    isWithdrawn: all.every(({ delivery }) => delivery.state === 'withdrawn'),
    measuredAt: lastMeasuredAt(all),
  }));
}

/** One row per variant, whatever number of posts carried it. */
export function reportVariants(
  deliveries: readonly MeasuredDelivery[],
  titles: ReadonlyMap<string, string>,
): VariantRow[] {
  return groups(deliveries, (delivery) => delivery.variant).map(([variant, first, all], index) => ({
    ...row(first, all, titles),
    variant,
    letter: letterOf(index),
    posts: new Set(all.map(({ delivery }) => delivery.post)).size,
  }));
}

type Published = MeasuredDelivery['delivery'];

function groups(
  deliveries: readonly MeasuredDelivery[],
  keyOf: (delivery: Published) => string,
): [string, Published, MeasuredDelivery[]][] {
  return [...groupBy(deliveries, ({ delivery }) => keyOf(delivery))].flatMap(([key, all]) =>
    all[0] ? [[key, all[0].delivery, all]] : [],
  );
}

function row(first: Published, all: readonly MeasuredDelivery[], titles: ReadonlyMap<string, string>): Row {
  const summary = summarise(all.map(({ figures }) => figures));
  const proportion = proportionOf(summary.engagementRate);
  return {
    title: titles.get(first.message) ?? '',
    network: first.network,
    language: first.language,
    text: first.text,
    summary,
    interval: proportion && wilsonInterval(proportion),
  };
}

/** A … Z, then AA, AB, … */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
