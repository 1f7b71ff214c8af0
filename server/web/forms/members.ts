import { z } from 'zod';
import { INTERFACE_LANGUAGES } from '../../domain/member.ts';
import { SHORTEST_PASSWORD } from '../../domain/password.ts';
import { ROLES } from '../../domain/roles.ts';
import { choice, choices, email, line, optionalLine, optionalLongText, ticked, timeZone } from './fields.ts';

const LONGEST_PASSWORD = 200;

const newPassword = () => z.string().min(1).min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD);
const presentPassword = () => z.string().min(1).max(LONGEST_PASSWORD);

export const invitationSchema = z.strictObject({
  name: line(100),
  email: email(),
  roles: choices(ROLES, { min: 1 }),
});

export const rolesSchema = z.strictObject({ roles: choices(ROLES, { min: 1 }) });

export const setupSchema = z.strictObject({
  organisation: line(120),
  funderLine: optionalLine(200),
  name: line(100),
  email: email(),
  password: newPassword(),
  language: choice(INTERFACE_LANGUAGES),
  timeZone: timeZone(),
  loadsDemo: ticked(),
});

export const acceptanceSchema = z.strictObject({
  password: newPassword(),
  language: choice(INTERFACE_LANGUAGES),
  timeZone: timeZone(),
});

export const sessionSchema = z.strictObject({
  email: line(254).transform((typed) => typed.toLowerCase()),
  password: presentPassword(),
  next: optionalLine(2000),
});

export const preferencesSchema = z.strictObject({
  name: line(100),
  language: choice(INTERFACE_LANGUAGES),
  timeZone: timeZone(),
});

export const newPasswordSchema = z.strictObject({ password: newPassword() });

export const passwordSchema = z.strictObject({ current: presentPassword(), password: newPassword() });

export const organisationSchema = z.strictObject({
  name: line(120),
  funderLine: optionalLine(200),
  contact: optionalLine(200),
  instances: optionalLongText(4000).transform((typed) => typed.split(/[\s,]+/).filter(Boolean)),
});
