import type { Request } from 'express';
import { PAGE_SIZE, type PageOf } from '../../queries/page-of.ts';
import { paths } from '../paths.ts';
import { type ListRow, libraryTabs, tagSuggestions } from './library.ts';
import { filtersOf, type KnownChoices, type Shelf } from './list-filters.ts';

const NEW = {
  narratives: paths.newNarrative,
  answers: paths.newAnswer,
  segments: paths.newSegment,
  messengers: paths.newMessenger,
  messages: paths.newMessage,
  assets: paths.newAsset,
} as const;

/** Shelves on which near-duplicates are looked for. */
const COMPARED = { narratives: 'narrative', answers: 'answer' } as const;

interface Listing<Row> {
  req: Request;
  /** What the address asks for. */
  asked: { q: string; page: number };
  found: PageOf<unknown>;
  rows: Row[];
  mayAdd: boolean;
  known?: KnownChoices;
}

/** One shelf of the library: search, filters, rows, pages, and what to say while it is empty. */
export function listPage<Row = ListRow>(
  noun: Shelf,
  { req, asked, found, rows, mayAdd, known }: Listing<Row>,
) {
  const { speak } = req;
  const filters = filtersOf(noun, asked, speak, known);
  const narrowed = filters.filter(({ value }) => value !== '');
  const compared = noun in COMPARED ? COMPARED[noun as keyof typeof COMPARED] : null;
  return {
    title: speak.t(`library.tab-${noun}`),
    tabs: libraryTabs(noun, speak),
    lead: speak.t(`library.lead-${noun}`),
    action: paths[noun],
    q: asked.q,
    filters,
    isNarrowed: narrowed.length > 0,
    tagSuggestions,
    rows,
    isSearched: asked.q !== '' || narrowed.length > 0,
    newPath: mayAdd ? NEW[noun] : null,
    newLabel: speak.t(`library.new-${noun}`),
    duplicatesPath: compared && `${paths.duplicates}?noun=${compared}`,
    pages: pagesOf(noun, { req, asked, found, narrowed }),
  };
}

interface Paging extends Pick<Listing<unknown>, 'req' | 'asked' | 'found'> {
  narrowed: readonly { name: string; value: string }[];
}

function pagesOf(noun: Shelf, { req, asked, found, narrowed }: Paging) {
  const { page, total, isMore = false, items } = found;
  const pageAt = (number: number) => {
    const parts = narrowed.map(({ name, value }): [string, string] => [name, value]);
    const q: [string, string][] = asked.q ? [['q', asked.q]] : [];
    return `${paths[noun]}?${new URLSearchParams([...q, ...parts, ['page', String(number)]])}`;
  };
  const from = (page - 1) * PAGE_SIZE + 1;
  const to = from + items.length - 1;
  const hasNext = page * PAGE_SIZE < total || (isMore && items.length === PAGE_SIZE);
  return {
    previous: page > 1 ? pageAt(page - 1) : null,
    next: hasNext ? pageAt(page + 1) : null,
    summary: req.speak.t(isMore ? 'library.pages-many' : 'app.pages-summary', { from, to, total }),
  };
}
