export const PAGE_SIZE = 50;

/** One page of a list; `page` counts from 1. */
export interface PageOf<Item> {
  items: Item[];
  total: number;
  /** True when there are more than `total`, which were not counted one by one. */
  isMore?: boolean;
  page: number;
}

/** How many documents stand before this page. */
export function skipTo(page: number): number {
  return (page - 1) * PAGE_SIZE;
}
