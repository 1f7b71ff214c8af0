import type { Member } from '../../domain/member.ts';
import { SHORTEST_PASSWORD } from '../../domain/password.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { languageOptions, zoneOptions } from './choices.ts';

/** The first page of a new house. */
export function setupPage({ hasDemo }: { hasDemo: boolean }, speak: Speak) {
  return {
    title: speak.t('setup.title'),
    hasDemo,
    busy: hasDemo ? speak.t('setup.busy') : null,
    passwordHint: speak.t('session.password-hint', { shortest: SHORTEST_PASSWORD }),
    languageOptions,
    zoneOptions,
  };
}

/** Shown once, right after the demo world was loaded: how its fictional staff signs in. */
export function colleaguesPage(
  { colleagues, password }: { colleagues: readonly Member[]; password: string },
  speak: Speak,
) {
  return {
    title: speak.t('setup.colleagues-title'),
    password,
    colleagues: colleagues.map(({ name, email, roles }) => ({
      name,
      email,
      roles: speak.list(roles.map((role) => speak.label('role', role))),
    })),
    todayPath: paths.today,
    layout: 'plain' as const,
  };
}

/** A one-time link that is used or over. */
export function goneLinkPage(speak: Speak) {
  return { title: speak.t('setup.gone-title'), signInPath: paths.newSession };
}

export function acceptancePage(
  invitation: Pick<Member, 'name' | 'roles'> & { organisation: string },
  speak: Speak,
) {
  const { name, roles, organisation } = invitation;
  return {
    title: speak.t('session.accept-title', { name }),
    lead: speak.t('session.accept-lead', {
      organisation,
      roles: speak.list(roles.map((role) => speak.label('role', role))),
    }),
    passwordHint: speak.t('session.password-hint', { shortest: SHORTEST_PASSWORD }),
    languageOptions,
    zoneOptions,
  };
}

export function newPasswordPage({ name }: { name: string }, speak: Speak) {
  return {
    title: speak.t('session.renew-title', { name }),
    passwordHint: speak.t('session.password-hint', { shortest: SHORTEST_PASSWORD }),
  };
}

export function signInPage(query: { next?: unknown; left?: unknown; renewed?: unknown }, speak: Speak) {
  return {
    title: speak.t('session.title'),
    next: typeof query.next === 'string' ? query.next : '',
    isRenewed: query.renewed !== undefined,
    hasLeft: query.left !== undefined,
  };
}
