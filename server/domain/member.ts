import type { Role } from './roles.ts';

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
