import type { Request } from 'express';
import { PAGE_SIZE, type PageOf } from '../../queries/page-of.ts';
import { paths } from '../paths.ts';
import { type ListRow, libraryTabs } from './library.ts';

const NEW = {
  narratives: paths.newNarrative,
  segments: paths.newSegment,
  messengers: paths.newMessenger,
  messages: paths.newMessage,
  assets: paths.newAsset,
} as const;

interface Listing<Row> {
  req: Request;
  found: PageOf<unknown>;
  rows: Row[];
  mayAdd: boolean;
}

/** One shelf of the library: search, rows, pages, and what to say while it is empty. */
export function listPage<Row = ListRow>(noun: keyof typeof NEW, { req, found, rows, mayAdd }: Listing<Row>) {
  const { speak } = req;
  const q = typeof req.query.q === 'string' ? req.query.q : '';
  const { page, total } = found;
  const pageAt = (number: number) => `${paths[noun]}?${new URLSearchParams({ q, page: String(number) })}`;
  const from = (page - 1) * PAGE_SIZE + 1;
  const to = from + rows.length - 1;
  return {
    title: speak.t(`library.tab-${noun}`),
    tabs: libraryTabs(noun, speak),
    lead: speak.t(`library.lead-${noun}`),
    action: paths[noun],
    q,
    rows,
    isSearched: q !== '',
    newPath: mayAdd ? NEW[noun] : null,
    newLabel: speak.t(`library.new-${noun}`),
    pages: {
      previous: page > 1 ? pageAt(page - 1) : null,
      next: page * PAGE_SIZE < total ? pageAt(page + 1) : null,
      summary: speak.t('app.pages-summary', { from, to, total }),
    },
  };
}
