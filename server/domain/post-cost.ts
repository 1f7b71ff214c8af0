import { linksIn } from './variant.ts';

/** US dollars that a network charges for each post, by its published price list. */
export interface Prices {
  postUsd: number;
  postWithLinkUsd: number;
}

/** What posting these texts once costs, in US dollars: each part of a thread is a post of its own. */
export function costUsdOf(prices: Prices, texts: readonly string[]): number {
  return texts.reduce(
    (sum, text) => sum + (linksIn(text).length > 0 ? prices.postWithLinkUsd : prices.postUsd),
    0,
  );
}
