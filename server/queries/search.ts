import { type Model, type QueryFilter, trusted } from 'mongoose';
import { searchTerms } from '../domain/search-terms.ts';
import { type Findable, WITHOUT_MARKS } from '../models/findable.ts';
import { SearchWords } from '../models/search-word.ts';
import { PAGE_SIZE, type PageOf, skipTo } from './page-of.ts';

/** Beyond this nobody reads on: the list says “more than” instead of counting for longer than it searched. */
const COUNTED_UP_TO = 500;
const MOST_WORDS = 12;
/** A beginning that more words share is looked for in the entries themselves, where hits are plenty. */
const MOST_ENDINGS = 200;
/** From here on a word counts as frequent, and which of two frequent words is the rarer does not matter. */
const FREQUENT = 200;
const AFTER_ALL = '\u{10ffff}';

type Where = QueryFilter<Findable>;

interface Search {
  /** What was typed: every word must be there, the last one at least its beginning. */
  q: string;
  /** What else must hold. */
  where: object;
  sort: Record<string, 1 | -1>;
  /** What is not read of an entry, as Mongoose selects. */
  without?: string;
  page: number;
}

/** The entries that hold every word and meet the filter. The model's `terms` are folded as searchTerms folds. */
export async function searchPage<Entry>(
  model: Model<never>,
  { q, where, sort, page, without = WITHOUT_MARKS }: Search,
): Promise<PageOf<Entry>> {
  const found = model as unknown as Model<Findable>;
  const words = await wordsWanted(found, q);
  if (words === 'nothing') return { items: [], total: 0, page };
  const wanted = { ...where, ...(words.length > 0 ? { $and: words } : {}) } as Where;
  const isFiltered = Object.keys(wanted).length > 0;
  const [items, counted] = await Promise.all([
    found.find(wanted).select(without).sort(sort).skip(skipTo(page)).limit(PAGE_SIZE).lean<Entry[]>(),
    isFiltered ? found.countDocuments(wanted, { limit: COUNTED_UP_TO + 1 }) : found.estimatedDocumentCount(),
  ]);
  const isMore = isFiltered && counted > COUNTED_UP_TO;
  return { items, total: isMore ? COUNTED_UP_TO : counted, isMore, page };
}

/** The same without pages, for a glance at the best few. */
export async function searchFew<Entry>(
  model: Model<never>,
  { q, where, sort, limit, without = WITHOUT_MARKS }: Omit<Search, 'page'> & { limit: number },
): Promise<Entry[]> {
  const found = model as unknown as Model<Findable>;
  const words = await wordsWanted(found, q);
  if (words === 'nothing' || words.length === 0) return [];
  return found
    .find({ ...where, $and: words } as Where)
    .select(without)
    .sort(sort)
    .limit(limit)
    .lean<Entry[]>();
}

/**
 * One condition per word, the rarest first: an index over lists is read for one of them only, the first, and the
 * others are then looked for in what it found. Nothing when a word is nowhere.
 */
async function wordsWanted(model: Model<Findable>, q: string): Promise<Where[] | 'nothing'> {
  const words = searchTerms(q).slice(0, MOST_WORDS);
  const last = words.pop();
  if (last === undefined) return q.trim() === '' ? [] : 'nothing';
  const ending = await endingsOf(last);
  const conditions: Where[] = [...words.map((word) => ({ terms: word }) as Where), ending];
  if (conditions.length === 1) return conditions;
  const counted = await Promise.all(
    conditions.map(async (condition) => ({
      condition,
      hits: isPattern(condition) ? FREQUENT + 1 : await model.countDocuments(condition, { limit: FREQUENT }),
    })),
  );
  if (counted.some(({ hits }) => hits === 0)) return 'nothing';
  return counted.sort((a, b) => a.hits - b.hits).map(({ condition }) => condition);
}

/**
 * The words of the library that begin like this, as a condition. The word as it was typed is always among them: what
 * an import has just brought is found by whole words before the job has learnt their beginnings.
 */
async function endingsOf(beginning: string): Promise<Where> {
  const endings = await SearchWords.find({
    _id: trusted({ $gte: beginning, $lt: `${beginning}${AFTER_ALL}` }),
  })
    .sort({ _id: 1 })
    .limit(MOST_ENDINGS + 1)
    .lean();
  if (endings.length > MOST_ENDINGS) return { terms: new RegExp(`^${escaped(beginning)}`, 'u') } as Where;
  const words = [...new Set([beginning, ...endings.map(({ _id }) => _id)])];
  return { terms: words.length === 1 ? beginning : trusted({ $in: words }) } as Where;
}

const isPattern = ({ terms }: Where) => terms instanceof RegExp;

/** A text as a pattern that finds itself. */
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
