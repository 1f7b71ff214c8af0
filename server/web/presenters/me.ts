import type { Member } from '../../domain/member.ts';
import { SHORTEST_PASSWORD } from '../../domain/password.ts';
import { currentZoneName } from '../../domain/time-zone.ts';
import type { OwnSession } from '../../queries/list-sessions.ts';
import type { OwnExposure } from '../../queries/own-exposure.ts';
import { blankForm } from '../forms/form-view.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { languageOptions, zoneOptions } from './choices.ts';
import { exposureCapForm, exposureView } from './exposure.ts';
import { settingsTabs } from './settings.ts';

/** One's own settings; both forms as they are before anything is typed. */
export function myPage(
  {
    member,
    sessions,
    exposure,
    thisSession,
  }: { member: Member; sessions: OwnSession[]; exposure: OwnExposure; thisSession: string },
  speak: Speak,
) {
  const { name, language, timeZone, roles, email } = member;
  return {
    title: speak.t('organisation.tab-me'),
    tabs: settingsTabs(member, 'me', speak),
    email,
    roles: speak.list(roles.map((role) => speak.label('role', role))),
    languageOptions,
    zoneOptions,
    passwordHint: speak.t('session.password-hint', { shortest: SHORTEST_PASSWORD }),
    form: blankForm(paths.me, { name, language, timeZone: currentZoneName(timeZone) }),
    passwordForm: blankForm(paths.myPassword),
    exposure: exposureView(exposure, speak),
    exposureForm: exposureCapForm(exposure),
    hasOthers: sessions.length > 1,
    otherSessionsPath: paths.mySessions,
    sessions: sessions.map(({ id, signedInAt, userAgent }) => ({
      since: speak.dateTime(signedInAt),
      userAgent: userAgent || speak.t('session.unknown-browser'),
      isThisOne: id === thisSession,
      endPath: paths.mySession(id),
    })),
  };
}
