import type { Account } from './account.ts';
import type { Network } from './network.ts';
import type { VariantCount, VariantFacts } from './variant-checks.ts';

/** What an account's own server allows where the servers of a network differ, as it last said; null: not said. */
export interface ServerLimits {
  /** Characters of a text, in the network's own counting. */
  text: number | null;
  /** Characters that every link counts for. */
  link: number | null;
  images: number | null;
  /** Bytes of one image. */
  imageBytes: number | null;
  /** Characters of an alt text. */
  altText: number | null;
}

/** What a post may carry; `most` is 0 where a network takes none. */
export interface ImageLimits {
  most: number;
  /** Bytes of one image, as it is sent. */
  bytes: number;
  /** Characters of an alt text; 0 where a network cannot carry one. */
  altText: number;
}

/** What all these accounts' servers take: the network's usual limits where a server did not say its own. */
export function imageLimitsForAll(
  usual: ImageLimits,
  accounts: readonly { limits?: ServerLimits | null | undefined }[],
): ImageLimits {
  const least = (limit: number, said: (limits: ServerLimits) => number | null) => {
    const all = accounts.map(({ limits }) => (limits ? said(limits) : null) ?? limit);
    return all.length > 0 ? Math.min(...all) : limit;
  };
  return {
    most: least(usual.most, ({ images }) => images),
    bytes: least(usual.bytes, ({ imageBytes }) => imageBytes),
    altText: least(usual.altText, ({ altText }) => altText),
  };
}

/** Counts a text as a network does, with the limits of one server where they are known. */
export type CountText = (text: string, limits?: ServerLimits) => VariantCount;

/** Counts a text for all these accounts: the count that leaves least room. Without accounts, the network's usual one. */
export function countForAll(
  count: CountText,
  text: string,
  accounts: readonly { limits?: ServerLimits | null | undefined }[],
): VariantCount {
  const counts = accounts.map(({ limits }) => (limits ? count(text, limits) : count(text)));
  const [tightest] = counts.sort((a, b) => a.limit - a.length - (b.limit - b.length));
  return tightest ?? count(text);
}

/** What an adapter knows of its network that the rules of drafting ask for. */
interface Measuring {
  countText: CountText;
  capabilities: { images: ImageLimits };
}

/** How texts are counted and what images may be, for the accounts that each text is meant for. */
export function networkFacts(
  platforms: Readonly<Partial<Record<Network, Measuring>>>,
  accounts: readonly Pick<Account, '_id' | 'limits'>[],
): Pick<VariantFacts, 'count' | 'imageLimits'> {
  const chosen = (ids: readonly string[]) => accounts.filter(({ _id }) => ids.includes(_id));
  return {
    count: ({ network, text, accounts: ids }) => {
      const platform = platforms[network];
      return platform ? countForAll(platform.countText, text, chosen(ids)) : null;
    },
    imageLimits: ({ network, accounts: ids }) => {
      const platform = platforms[network];
      return platform ? imageLimitsForAll(platform.capabilities.images, chosen(ids)) : null;
    },
  };
}
