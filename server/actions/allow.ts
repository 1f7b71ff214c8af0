import type { Member } from '../domain/member.ts';
import { mayDo, type Permission } from '../domain/roles.ts';
import { Forbidden } from '../errors.ts';

/** Who acts: a member with roles that are read anew for every request. */
export type Actor = Pick<Member, '_id' | 'roles' | 'name'>;

/** Throws Forbidden when none of the member's roles allows this. Every action that a person starts begins here. */
export function allow(member: Actor, permission: Permission): void {
  if (!mayDo(member.roles, permission)) {
    throw new Forbidden('Your roles do not allow this. An administrator can change them.');
  }
}
