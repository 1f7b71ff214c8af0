export const PAGE_SIZE = 50;

/** One page of a list; `page` counts from 1. */
export interface PageOf<Item> {
  items: Item[];
  total: number;
  page: number;
}

/** A pattern that finds this text anywhere, whatever its case. */
export function containing(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'iu');
}

/** How many documents stand before this page. */
export function skipTo(page: number): number {
  return (page - 1) * PAGE_SIZE;
}
