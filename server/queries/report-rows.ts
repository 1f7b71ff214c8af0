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
  /** Name of the arm of an experiment that it went out as; null for none. */
  readonly arm: string | null;
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
  /** Of the row: the variant, and the arm that it was when it went out. */
  readonly key: string;
  /** From 1 on, in the order of first publication; arms of one text follow each other. Letters would read like arms. */
  readonly number: number;
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

/** One row per variant and arm, whatever number of posts carried it. */
export function reportVariants(
  deliveries: readonly MeasuredDelivery[],
  titles: ReadonlyMap<string, string>,
): VariantRow[] {
  return armsTogether(groups(deliveries, armKey)).map(([key, first, all], index) => ({
    ...row(first, all, titles),
    variant: first.variant,
    key,
    number: index + 1,
    posts: new Set(all.map(({ delivery }) => delivery.post)).size,
  }));
}

type Published = MeasuredDelivery['delivery'];
type Group = [string, Published, MeasuredDelivery[]];

/** A text that was given to another arm later keeps what it earned under the first. */
const armKey = ({ variant, arm }: Published) => (arm ? `${variant} ${arm}` : variant);

function armsTogether(rows: readonly Group[]): Group[] {
  const texts = groupBy(rows, ([key, { message, network, language, arm }]) =>
    arm ? `${message} ${network} ${language}` : key,
  );
  return [...texts.values()].flat();
}

function groups(deliveries: readonly MeasuredDelivery[], keyOf: (delivery: Published) => string): Group[] {
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
    arm: first.arm ?? null,
    text: first.text,
    summary,
    interval: proportion && wilsonInterval(proportion),
  };
}
