import { type Ratio, reasonWithoutValue } from '../../domain/ratio.ts';
import { SMALLEST_CELL } from '../../domain/suppression.ts';
import type { Speak } from '../speak.ts';

/** What a figure rests on; every figure of a report can be opened to it. */
export interface Grounds {
  readonly numerator: string;
  readonly denominator: string | null;
  readonly period: string;
  readonly source: string;
}

export interface FigureView {
  readonly label: string;
  readonly value: string;
  readonly isMissing: boolean;
  /** A sentence under the value; empty for none. */
  readonly note: string;
  readonly grounds: readonly { term: string; text: string }[];
}

/** A figure with what it rests on, in words. */
export function figureView(
  figure: { label: string; value: string; isMissing: boolean; note?: string; grounds: Grounds },
  speak: Speak,
): FigureView {
  const { numerator, denominator, period, source } = figure.grounds;
  const parts = { numerator, ...(denominator === null ? {} : { denominator }), period, source };
  return {
    label: figure.label,
    value: figure.value,
    isMissing: figure.isMissing,
    note: figure.note ?? '',
    grounds: Object.entries(parts).map(([name, text]) => ({ term: speak.t(`reports.${name}`), text })),
  };
}

/** `1.9 %`, or the words for a figure that is not there; small rates get a second digit. */
export function rateText(ratio: Ratio, speak: Speak): string {
  const reason = reasonWithoutValue(ratio);
  return reason ? speak.t(`reports.${reason}`) : shareText(ratio.value ?? 0, speak);
}

/** A share between 0 and 1 in percent. */
export function shareText(share: number, speak: Speak): string {
  return speak.percent(share, Math.abs(share) < 0.01 ? 2 : 1);
}

/** `2,818/148,300`; written without spaces, so that it stays in order in a right-to-left line. */
export function fractionText({ numerator, denominator }: Ratio, speak: Speak): string {
  return `${countText(numerator, speak)}/${countText(denominator, speak)}`;
}

/** A count, or that it was not measured. */
export function countText(count: number | null, speak: Speak): string {
  return count === null ? speak.t('reports.not-measured') : speak.number(count);
}

/** How many answers there are in all; such a sum is hidden only where it is small (domain rule 6). */
export function totalText(total: number | null, speak: Speak): string {
  return total === null ? speak.t('reports.fewer-than', { limit: SMALLEST_CELL }) : speak.number(total);
}

/** A count of people's answers, or that it is not shown. */
export function shownText(count: number | null, speak: Speak): string {
  return count === null ? speak.t('reports.hidden') : speak.number(count);
}
