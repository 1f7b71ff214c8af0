import type { VariantCount } from './variant-checks.ts';

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
