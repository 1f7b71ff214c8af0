import type { Variant, VariantImage } from '../domain/message.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { carriedAssets } from '../models/asset.ts';
import type { VariantInput } from './draft-message.ts';

/**
 * Ties the images of these variants to the bytes that the library keeps, so that an approval speaks of them. An image
 * that a stored variant carries already stays also after the library lost it, for a person to take out. Throws
 * `image-gone` for any other.
 */
export async function withImages(
  given: readonly VariantInput[],
  stored: readonly Variant[],
): Promise<(Omit<VariantInput, 'images'> & { images?: VariantImage[] })[]> {
  const assets = await carriedAssets(given);
  const before = stored.flatMap(({ images = [] }) => images);
  return given.map(({ images, ...variant }, index) => {
    if (!images || images.length === 0) return variant;
    const tied = images.map(({ asset, altText }, place) => {
      const kept = assets.get(asset) ?? before.find((image) => image.asset === asset);
      if (!kept) throw gone(index, place);
      return { asset, sha256: kept.sha256, altText: altText ?? kept.altText };
    });
    return { ...variant, images: tied };
  });
}

function gone(variant: number, place: number): RuleViolation {
  return new RuleViolation('image-gone', 'This image is not in the library any more.', {
    field: `variants[${variant}].images[${place}].altText`,
    values: { image: place + 1 },
  });
}
