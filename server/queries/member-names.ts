import { trusted } from 'mongoose';
import { Members } from '../models/member.ts';

/** Names of these members, by id; who is unknown is left out. */
export async function memberNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const members = await Members.find({ _id: trusted({ $in: [...new Set(ids)] }) })
    .select('name')
    .lean();
  return new Map(members.map(({ _id, name }) => [_id, name]));
}
