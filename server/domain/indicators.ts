import { type Ratio, ratioOf } from './ratio.ts';

/** An exchange counts as sustained from this many messages (Reynolds & Tuck 2016). */
const SUSTAINED_FROM = 5;

/** CPV, CPE or, for a thousand, CPM = spend · per / count; the spend in one currency throughout. */
export function costPer(spend: number | null, count: number | null, per = 1): Ratio {
  return ratioOf(spend === null ? null : spend * per, count);
}

/** Retention at a point of a video = playbacks that reached it / playbacks that began; completion is its end. */
export function retention(reached: number | null, began: number | null): Ratio {
  return ratioOf(reached, began);
}

/** Frequency = impressions / reach: how often one person saw it on average. */
export function frequency(impressions: number | null, reach: number | null): Ratio {
  return ratioOf(impressions, reach);
}

/** Constructive / (constructive + antagonistic); neutral answers stand apart. */
export function constructiveRatio(constructive: number | null, antagonistic: number | null): Ratio {
  const both = constructive === null || antagonistic === null ? null : constructive + antagonistic;
  return ratioOf(constructive, both);
}

/** Threads of five or more messages / all threads; given the number of messages of every thread. */
export function sustainedRate(messagesPerThread: readonly number[]): Ratio {
  const sustained = messagesPerThread.filter((messages) => messages >= SUSTAINED_FROM);
  return ratioOf(sustained.length, messagesPerThread.length);
}
