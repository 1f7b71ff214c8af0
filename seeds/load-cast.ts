import { randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Context } from '../server/context.ts';
import type { Member } from '../server/domain/member.ts';
import type { Role } from '../server/domain/roles.ts';
import { Members } from '../server/models/member.ts';
import { CAST, type DemoMember } from './cast.ts';

export type Cast = Readonly<Record<Role, Member>>;

export interface LoadedCast {
  cast: Cast;
  /** The password of all of them, made for this installation and kept nowhere. */
  password: string;
}

/** Lets the fictional staff sign in with a password of this installation alone. */
export async function loadCast(context: Context): Promise<LoadedCast> {
  const password = randomBytes(12).toString('base64url');
  const passwordHash = await hash(password);
  const members = await Promise.all(
    Object.values<DemoMember>(CAST).map(async ({ name, email, roles }): Promise<Member> => {
      const member = await Members.create({
        name,
        email,
        roles: [...roles],
        passwordHash,
        timeZone: 'Europe/Brussels',
        isDemo: true,
        createdAt: context.clock.now(),
      });
      return member.toObject();
    }),
  );
  const holderOf = (role: Role) => {
    const holder = members.find(({ roles }) => roles.includes(role));
    if (!holder) throw new Error(`Nobody in the cast is a ${role}.`);
    return holder;
  };
  const cast = {
    drafter: holderOf('drafter'),
    reviewer: holderOf('reviewer'),
    scheduler: holderOf('scheduler'),
    evaluator: holderOf('evaluator'),
    administrator: holderOf('administrator'),
  };
  return { cast, password };
}
