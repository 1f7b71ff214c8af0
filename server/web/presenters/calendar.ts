import { wallTimeOf } from '../../domain/calendar-time.ts';
import { FINAL_STATES } from '../../domain/delivery.ts';
import { groupBy } from '../../domain/group-by.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import { directionOf } from '../../domain/variant.ts';
import type { CalendarDelivery } from '../../queries/calendar-deliveries.ts';
import type { CalendarAddress } from '../forms/calendar.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { deliveryState } from './delivery-state.ts';
import { attachedWords } from './post-card.ts';

const DAY_MS = 24 * 60 * 60_000;
const FIRST_WORDS = 60;

export interface CalendarChoices {
  accounts: readonly { _id: string; handle: string }[];
  campaigns: readonly { _id: string; title: string }[];
  languages: readonly string[];
}

/** The days that a view shows, as `YYYY-MM-DD`: whole weeks from Monday on. */
export function daysOf({ view, date }: Pick<CalendarAddress, 'view' | 'date'>): string[] {
  const start = view === 'week' ? date : `${date.slice(0, 7)}-01`;
  const monday = addDays(start, -((new Date(`${start}T00:00:00Z`).getUTCDay() + 6) % 7));
  const count = view === 'week' ? 7 : weeksOf(date, monday) * 7;
  return Array.from({ length: count }, (_, index) => addDays(monday, index));
}

function weeksOf(date: string, monday: string): number {
  const next = nextMonth(date, 1);
  return Math.ceil((Date.parse(next) - Date.parse(monday)) / (7 * DAY_MS));
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function nextMonth(day: string, months: number): string {
  const at = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 10);
}

interface Showing {
  address: CalendarAddress;
  choices: CalendarChoices;
  now: Date;
  mayPlace: boolean;
}

/** The calendar as a table of weeks, one week with its hours in words, or a list. */
export function calendarPage(deliveries: readonly CalendarDelivery[], showing: Showing, speak: Speak) {
  const { address, choices, now, mayPlace } = showing;
  const { view, date } = address;
  const byDay = groupBy(deliveries, ({ dueAt, accountTimeZone }) =>
    wallTimeOf(dueAt, accountTimeZone).slice(0, 10),
  );
  const today = wallTimeOf(now, speak.timeZone).slice(0, 10);
  const days = daysOf(address).map((day) => ({
    day,
    number: speak.number(Number(day.slice(8))),
    name: dayName(day, speak),
    isToday: day === today,
    isOutside: view === 'month' && day.slice(0, 7) !== date.slice(0, 7),
    newPath: mayPlace && day >= today ? `${paths.newPost}?at=${day}T10:00` : null,
    items: (byDay.get(day) ?? []).map((delivery) => item(delivery, speak)),
  }));
  const step = (forward: number) => (view === 'week' ? addDays(date, 7 * forward) : nextMonth(date, forward));
  return {
    title: speak.t('calendar.title'),
    period: periodName(view, date, days[0]?.day ?? date, speak),
    isList: view === 'list',
    isWeek: view === 'week',
    weekDays: days.slice(0, 7).map(({ day }) => weekDay(day, speak)),
    weeks: Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7)),
    listed: days.filter(({ items, isOutside }) => items.length > 0 && !isOutside),
    isEmpty: deliveries.length === 0,
    newPath: mayPlace ? paths.newPost : null,
    previous: addressOf({ ...address, date: step(-1) }),
    next: addressOf({ ...address, date: step(1) }),
    today: addressOf({ ...address, date: today }),
    tabs: (['month', 'week', 'list'] as const).map((one) => ({
      path: addressOf({ ...address, view: one }),
      label: speak.t(`calendar.view-${one}`),
      isHere: one === view,
    })),
    calendarPath: paths.calendar,
    view,
    date,
    ...filterFields(address, choices, speak),
  };
}

function item(delivery: CalendarDelivery, speak: Speak) {
  const { dueAt, accountTimeZone, text, state } = delivery;
  return {
    path: paths.post(delivery.post),
    time: speak.time(dueAt, accountTimeZone),
    machineTime: dueAt.toISOString(),
    zone: accountTimeZone,
    account: `@${delivery.accountHandle}`,
    network: NETWORK_NAMES[delivery.network],
    campaign: delivery.campaignTitle,
    words: text.length > FIRST_WORDS ? `${[...text].slice(0, FIRST_WORDS).join('')}…` : text,
    attached: attachedWords(delivery, speak),
    language: delivery.language,
    direction: directionOf(delivery.language),
    state: deliveryState(state, speak),
    isLocked: (FINAL_STATES as readonly string[]).includes(state),
  };
}

function filterFields(address: CalendarAddress, choices: CalendarChoices, speak: Speak) {
  const { account, campaign, language, state } = address;
  return {
    form: {
      values: {
        account: account ?? '',
        campaign: campaign ?? '',
        language: language ?? '',
        state: state ?? '',
      },
      fieldErrors: {},
    },
    isFiltered: [account, campaign, language, state].some(Boolean),
    accountOptions: choices.accounts.map(({ _id, handle }) => ({ value: _id, label: `@${handle}` })),
    campaignOptions: choices.campaigns.map(({ _id, title }) => ({ value: _id, label: title })),
    languageOptions: choices.languages.map((value) => ({ value, label: value })),
    stateOptions: ['waiting', 'someone', 'published', 'ended'].map((value) => ({
      value,
      label: speak.t(`calendar.state-${value}`),
    })),
  };
}

function addressOf(address: CalendarAddress): string {
  const given = Object.entries(address).flatMap(([key, value]) => (value ? [[key, value]] : []));
  return `${paths.calendar}?${new URLSearchParams(given as [string, string][])}`;
}

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const formatted = (day: string, options: Intl.DateTimeFormatOptions, { language }: Speak) =>
  new Intl.DateTimeFormat(language === 'ar' ? 'ar-u-nu-latn' : language, {
    ...options,
    timeZone: 'UTC',
  }).format(noon(day));
const dayName = (day: string, speak: Speak) => speak.date(noon(day), 'UTC');
const weekDay = (day: string, speak: Speak) => formatted(day, { weekday: 'short' }, speak);

function periodName(view: string, date: string, first: string, speak: Speak): string {
  if (view === 'week') return speak.t('calendar.week-of', { day: dayName(first, speak) });
  return formatted(date, { month: 'long', year: 'numeric' }, speak);
}
