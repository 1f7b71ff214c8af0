import type { Context } from '../context.ts';
import type { Asset } from '../domain/asset.ts';
import type { VariantImage } from '../domain/message.ts';
import type { Network } from '../domain/network.ts';
import { countForAll, type ServerLimits } from '../domain/server-limits.ts';
import type { VariantCount } from '../domain/variant-checks.ts';
import { carriedAssets } from '../models/asset.ts';

/** What a page needs beside texts to show them as their networks do. */
export interface CardFacts {
  /** Counts as the network, or the account's own server, does; null where this installation has no adapter. */
  count(
    network: Network,
    text: string,
    account?: { limits?: ServerLimits | null } | null,
  ): VariantCount | null;
  /** The images that these texts carry, by id; one that is gone is missing. */
  assets: ReadonlyMap<string, Asset>;
}

/** Looks up what these texts carry; their images come without bytes. */
export async function cardFacts(
  { platforms }: Pick<Context, 'platforms'>,
  contents: readonly { images?: readonly VariantImage[] }[],
): Promise<CardFacts> {
  return {
    assets: await carriedAssets(contents),
    count: (network, text, account) => {
      const platform = platforms[network];
      return platform ? countForAll(platform.countText, text, account ? [account] : []) : null;
    },
  };
}
