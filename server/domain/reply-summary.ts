import { constructiveRatio, sustainedRate } from './indicators.ts';
import { type Ratio, ratioOf } from './ratio.ts';
import { REPLY_CODES, type Reply, type ReplyCode } from './reply.ts';
import { type ShownCell, SMALLEST_CELL, suppress, suppressPart } from './suppression.ts';

/** Codes in the order in which they are hidden when a small one needs company: the least telling first. */
const HIDE_FIRST: readonly ReplyCode[] = [
  'off-topic',
  'neutral',
  'antagonistic',
  'constructive',
  'hateful-illegal',
  'help-seeking',
  'risk-disclosure',
];

/** What people answered, in counts that name nobody. null: suppressed because the number is small. */
export interface ReplySummary {
  readonly isEmpty: boolean;
  readonly stored: number | null;
  readonly coded: number | null;
  readonly codes: readonly ShownCell<ReplyCode>[];
  readonly constructive: Ratio;
  /** Threads of five or more messages over all threads; only what people wrote is counted. */
  readonly sustained: Ratio;
  readonly isSustainedSuppressed: boolean;
}

/** Counts replies by code and threads by length, and hides what is too small to show (domain rule 6). */
export function summariseReplies(replies: readonly Pick<Reply, 'code' | 'threadKey'>[]): ReplySummary {
  const shown = suppress(
    REPLY_CODES.map((name) => ({ name, count: replies.filter(({ code }) => code === name).length })),
    HIDE_FIRST,
  );
  const countOf = (code: ReplyCode) => shown.cells.find(({ name }) => name === code)?.count ?? null;
  const threads = new Map<string, number>();
  for (const { threadKey } of replies) threads.set(threadKey, (threads.get(threadKey) ?? 0) + 1);
  const { part, whole } = suppressPart(sustainedRate([...threads.values()]).numerator ?? 0, threads.size);
  return {
    isEmpty: replies.length === 0,
    stored: replies.length >= SMALLEST_CELL ? replies.length : null,
    coded: shown.total,
    codes: shown.cells,
    constructive: constructiveRatio(countOf('constructive'), countOf('antagonistic')),
    sustained: ratioOf(part, whole),
    isSustainedSuppressed: threads.size > 0 && part === null,
  };
}
