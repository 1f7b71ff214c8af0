import { trusted } from 'mongoose';
import type { Answer } from '../domain/answer.ts';
import { Answers } from '../models/answer.ts';
import { Narratives } from '../models/narrative.ts';
import { type ComparedNoun, type NearDuplicate, NearDuplicates } from '../models/near-duplicate.ts';
import { twinsOfTwoStandings } from '../models/twin-answers.ts';

/** One of several entries that say substantially the same. */
interface GroupedEntry {
  _id: string;
  text: string;
  language: string | null;
  /** Whether it has to be veiled: a claim, or an answer that is refused. */
  isHarmful: boolean;
}

export interface DuplicateGroup {
  entries: GroupedEntry[];
  /** Ids of the pairs that hold the group together. */
  pairs: string[];
  /** The least similar pair among them. */
  similarity: number;
}

const PAIRS_READ = 400;
const MOST_GROUPS = 20;

/** Entries that are much alike and nobody has decided about, the most alike first; not all of them where there are many. */
export async function duplicateGroups(noun: ComparedNoun): Promise<DuplicateGroup[]> {
  const pairs = await NearDuplicates.find({ noun, isKept: false })
    .sort({ similarity: -1, _id: 1 })
    .limit(PAIRS_READ)
    .lean<NearDuplicate[]>();
  const groups = grouped(pairs).slice(0, MOST_GROUPS);
  const entries = await entriesOf(
    noun,
    groups.flatMap(({ ids }) => [...ids]),
  );
  return groups
    .map(({ ids, members }) => ({
      entries: [...ids].flatMap((id) => entries.get(id) ?? []),
      pairs: members.map(({ _id }) => _id),
      similarity: Math.min(...members.map(({ similarity }) => similarity)),
    }))
    .filter((group) => group.entries.length > 1);
}

/** Answers that would be refused once these narratives are one, because the same words are refused with one of them. */
export async function refusedByMerge(
  into: string,
  others: readonly string[],
): Promise<Pick<Answer, '_id' | 'text'>[]> {
  return (await twinsOfTwoStandings(into, others)).flatMap(([first]) => first ?? []);
}

interface Gathered {
  ids: Set<string>;
  members: NearDuplicate[];
}

/** Pairs that share an entry belong together. */
function grouped(pairs: readonly NearDuplicate[]): Gathered[] {
  const groups: Gathered[] = [];
  for (const pair of pairs) {
    const touched = groups.filter(({ ids }) => pair.pair.some((id) => ids.has(id)));
    const [first = { ids: new Set<string>(), members: [] }, ...others] = touched;
    if (touched.length === 0) groups.push(first);
    for (const { ids, members } of others) {
      for (const id of ids) first.ids.add(id);
      first.members.push(...members);
      groups.splice(
        groups.findIndex((group) => group.ids === ids),
        1,
      );
    }
    for (const id of pair.pair) first.ids.add(id);
    first.members.push(pair);
  }
  return groups;
}

async function entriesOf(noun: ComparedNoun, ids: readonly string[]): Promise<Map<string, GroupedEntry>> {
  const wanted = { _id: trusted({ $in: [...ids] }) };
  if (noun === 'narrative') {
    const found = await Narratives.find(wanted).select('claim').lean();
    return byId(found.map(({ _id, claim }) => ({ _id, text: claim, language: null, isHarmful: true })));
  }
  const found = await Answers.find(wanted).select('text language standing').lean();
  return byId(
    found.map(({ _id, text, language, standing }) => ({
      ...{ _id, text, language },
      isHarmful: standing === 'refused',
    })),
  );
}

const byId = (entries: readonly GroupedEntry[]) => new Map(entries.map((entry) => [entry._id, entry]));
