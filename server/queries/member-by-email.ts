import type { Member } from '../domain/member.ts';
import { Members } from '../models/member.ts';

/** The member with this address, disabled or not; null when there is none. */
export async function memberByEmail(email: string): Promise<Pick<Member, '_id'> | null> {
  return Members.findOne({ email: email.trim().toLowerCase() }).select('_id').lean<Pick<Member, '_id'>>();
}
