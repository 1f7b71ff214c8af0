import type { Role } from './roles.ts';
import { RuleViolation } from './rule-violation.ts';

export const INTERFACE_LANGUAGES = ['en', 'fr', 'ar'] as const;
export type InterfaceLanguage = (typeof INTERFACE_LANGUAGES)[number];

/** A person of the organisation who signs in. */
export interface Member {
  _id: string;
  name: string;
  email: string;
  roles: Role[];
  language: InterfaceLanguage;
  /** IANA name; how times are shown to this person. */
  timeZone: string;
  isDemo: boolean;
  disabledAt: Date | null;
  createdAt: Date;
}

/**
 * Throws RuleViolation when a change would leave nobody who can look after members.
 * `others` are the other members as they are now.
 */
export function assertAdministratorRemains(others: readonly Pick<Member, 'roles' | 'disabledAt'>[]): void {
  const remains = others.some(
    ({ roles, disabledAt }) => disabledAt === null && roles.includes('administrator'),
  );
  if (!remains) {
    throw new RuleViolation(
      'last-administrator',
      'This is the last administrator. Make somebody else an administrator first.',
      { field: 'roles' },
    );
  }
}
