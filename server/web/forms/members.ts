import { z } from 'zod';
import { ROLES } from '../../domain/roles.ts';
import { choices, email, line } from './fields.ts';

export const invitationSchema = z.strictObject({
  name: line(100),
  email: email(),
  roles: choices(ROLES, { min: 1 }),
});

export const rolesSchema = z.strictObject({ roles: choices(ROLES, { min: 1 }) });
