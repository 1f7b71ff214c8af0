import type { Request } from 'express';
import type { Member } from '../../domain/member.ts';
import { mayDo, type Permission } from '../../domain/roles.ts';
import { readCookie } from '../cookies.ts';
import { paths } from '../paths.ts';
import type { Notice } from '../request.ts';

interface NavigationEntry {
  key: string;
  path: string;
  icon: string;
  /** Shown to everybody when not given. */
  permissions?: readonly Permission[];
  count?: 'reviews' | 'deliveries';
  /** Other beginnings of addresses that belong to this entry. */
  also?: readonly string[];
}

const NAVIGATION: readonly NavigationEntry[] = [
  { key: 'today', path: paths.today, icon: 'sun' },
  { key: 'campaigns', path: paths.campaigns, icon: 'flag' },
  {
    key: 'library',
    path: paths.library,
    icon: 'library',
    also: ['/narratives', '/answers', '/audiences', '/messengers', '/messages', '/imports'],
  },
  {
    key: 'review',
    path: paths.reviews,
    icon: 'shield-check',
    permissions: ['messages.review', 'messages.edit'],
    count: 'reviews',
  },
  { key: 'calendar', path: paths.calendar, icon: 'calendar-days', also: ['/posts'] },
  {
    key: 'needs-someone',
    path: paths.needsSomeone,
    icon: 'hand',
    permissions: ['deliveries.resolve', 'accounts.connect'],
    count: 'deliveries',
  },
  { key: 'replies', path: paths.replies, icon: 'messages-square', permissions: ['replies.read'] },
  { key: 'reports', path: paths.reports, icon: 'chart-column' },
  { key: 'accounts', path: paths.accounts, icon: 'at-sign' },
  { key: 'settings', path: paths.settings, icon: 'settings' },
];

const REHEARSAL: NavigationEntry = { key: 'rehearsal', path: paths.rehearsal, icon: 'drama' };

/** Sentences that wait for pages which were not opened. */
const MOST_WAITING = 5;

export const APPEARANCES = ['auto', 'light', 'dark'] as const;

interface NavigationLink {
  key: string;
  path: string;
  icon: string;
  count: number | null;
  isHere: boolean;
}

/** As many as stand side by side on a phone; frame.css hides the others there. */
const IN_BAR = 4;

export interface FrameView {
  language: string;
  direction: 'ltr' | 'rtl';
  isRightToLeft: boolean;
  appearance: (typeof APPEARANCES)[number];
  formToken: string;
  here: string;
  isRehearsal: boolean;
  pause: { reason: string; since: string; path: string; mayResume: boolean } | null;
  mayPause: boolean;
  pausePath: string;
  notices: readonly Notice[];
  navigation: readonly NavigationLink[];
  /** What a narrow screen puts behind "more". */
  more: { entries: readonly NavigationLink[]; count: number | null; isHere: boolean };
  member: { name: string; roles: string; timeZone: string } | null;
}

interface FrameFacts {
  req: Request;
  isRehearsal: boolean;
  waiting: { reviews: number; deliveries: number } | undefined;
  pause: { reason: string; startedAt: Date } | null;
}

/** Everything around a page. Its notices are shown once: reading them here takes them out of the session. */
export function framePage({ req, isRehearsal, waiting, pause }: FrameFacts): FrameView {
  const { member, speak } = req;
  const links = member ? navigation(req, member, isRehearsal, waiting) : [];
  const rest = links.slice(IN_BAR);
  return {
    language: speak.language,
    direction: speak.direction,
    isRightToLeft: speak.direction === 'rtl',
    appearance: appearanceOf(req),
    formToken: req.formToken ?? '',
    here: req.method === 'GET' ? req.originalUrl : paths.today,
    isRehearsal,
    pause: pause && {
      reason: pause.reason,
      since: speak.dateTime(pause.startedAt),
      path: paths.newPause,
      mayResume: Boolean(member && mayDo(member.roles, 'everything.resume')),
    },
    mayPause: Boolean(member && mayDo(member.roles, 'everything.pause') && !pause),
    pausePath: paths.newPause,
    notices: takeNotices(req),
    navigation: links,
    more: {
      entries: rest,
      count: rest.reduce((sum, { count }) => sum + (count ?? 0), 0) || null,
      isHere: rest.some(({ isHere }) => isHere),
    },
    member: member
      ? {
          name: member.name,
          roles: speak.list(member.roles.map((role) => speak.label('role', role))),
          timeZone: member.timeZone,
        }
      : null,
  };
}

function navigation(req: Request, member: Member, isRehearsal: boolean, waiting: FrameFacts['waiting']) {
  return [...NAVIGATION, ...(isRehearsal ? [REHEARSAL] : [])]
    .filter(({ permissions }) => !permissions || permissions.some((one) => mayDo(member.roles, one)))
    .map(({ key, path, icon, count, also = [] }) => ({
      key,
      path,
      icon,
      count: (count && waiting?.[count]) || null,
      isHere:
        path === paths.today
          ? req.path === path
          : [path, ...also].some((start) => req.path === start || req.path.startsWith(`${start}/`)),
    }));
}

function takeNotices(req: Request): readonly Notice[] {
  const notices = req.session?.notices ?? [];
  const here = notices.filter(({ page = req.path }) => page === req.path);
  const elsewhere = notices.filter((notice) => !here.includes(notice));
  // A page that was never opened keeps its sentence, but not for ever.
  if (here.length > 0) req.session.notices = elsewhere.slice(-MOST_WAITING);
  return here;
}

function appearanceOf(req: Request): FrameView['appearance'] {
  const chosen = readCookie(req, 'appearance');
  return APPEARANCES.find((appearance) => appearance === chosen) ?? 'auto';
}
