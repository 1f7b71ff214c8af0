import type { InterfaceLanguage } from '../domain/member.ts';
import { INTL_TAGS, type Locales, type Values } from './locales.ts';

/** How one person is spoken to: language, direction, zone. Presenters do all formatting with it. */
export interface Speak {
  readonly language: InterfaceLanguage;
  readonly direction: 'ltr' | 'rtl';
  /** IANA name. */
  readonly timeZone: string;
  /** The text `<noun>.<key>` of `views/locales`. */
  t(key: string, values?: Values): string;
  /** Whether there is such a text. */
  knows(key: string): boolean;
  /** The word for a value of the domain: `label('role', 'drafter')`. */
  label(kind: string, value: string): string;
  /** `Tue 14 Oct 2014`, in the person's zone or the given one. */
  date(at: Date, timeZone?: string): string;
  /** `09:12`. */
  time(at: Date, timeZone?: string): string;
  /** `Tue 14 Oct 2014, 09:12 CEST`. */
  dateTime(at: Date, timeZone?: string): string;
  /** `14 Oct 2014` of a date without a time (kept as midnight UTC). */
  day(date: Date): string;
  /** `in 2 hours`; only ever shown beside an absolute time. */
  relative(at: Date, now: Date): string;
  number(value: number, fractionDigits?: number): string;
  /** `1.9 %` of a ratio 0.019. */
  percent(ratio: number, fractionDigits?: number): string;
  /** The name of a language, by its BCP 47 tag. */
  languageName(tag: string): string;
  /** Joins words as the language does: `a, b and c`. */
  list(words: readonly string[]): string;
}

const DATE = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Speaks one language in one time zone. */
export function openSpeak(
  locales: Locales,
  { language, timeZone }: { language: InterfaceLanguage; timeZone: string },
): Speak {
  const tag = INTL_TAGS[language];
  const t = (key: string, values?: Values) => locales.format(language, key, values);
  return {
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    timeZone,
    t,
    knows: locales.has,
    label: (kind, value) => t(`labels.${kind}.${value}`),
    date: (at, zone = timeZone) => dateFormat(tag, zone, DATE).format(at),
    time: (at, zone = timeZone) => dateFormat(tag, zone, TIME).format(at),
    dateTime: (at, zone = timeZone) =>
      dateFormat(tag, zone, { ...DATE, ...TIME, timeZoneName: 'short' }).format(at),
    day: (date) => dateFormat(tag, 'UTC', { day: 'numeric', month: 'short', year: 'numeric' }).format(date),
    relative: (at, now) => relative(tag, at, now),
    number: (value, fractionDigits = 0) => numberFormat(tag, 'decimal', fractionDigits).format(value),
    percent: (ratio, fractionDigits = 1) => numberFormat(tag, 'percent', fractionDigits).format(ratio),
    languageName: (code) => new Intl.DisplayNames(tag, { type: 'language' }).of(code) ?? code,
    list: (words) => new Intl.ListFormat(tag, { type: 'conjunction' }).format(words),
  };
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(tag: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag} ${timeZone} ${Object.keys(options).join()}`;
  const known = dateFormats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tag, { ...options, timeZone });
  dateFormats.set(key, made);
  return made;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(tag: string, style: 'decimal' | 'percent', fractionDigits: number): Intl.NumberFormat {
  const key = `${tag} ${style} ${fractionDigits}`;
  const known = numberFormats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(tag, { style, maximumFractionDigits: fractionDigits });
  numberFormats.set(key, made);
  return made;
}

function relative(tag: string, at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
  return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}
