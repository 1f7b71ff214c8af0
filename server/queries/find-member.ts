import type { Member } from '../domain/member.ts';
import { Members } from '../models/member.ts';

/** Somebody who may sign in and act; null when unknown or disabled. The password hash stays in the database. */
export async function findActiveMember(id: string): Promise<Member | null> {
  return Members.findOne({ _id: id, disabledAt: null }).select('-passwordHash').lean<Member>();
}
