import { trusted } from 'mongoose';
import { type Delivery, deliveryKeyOf, isBegun, stepOf, textsOf } from '../domain/delivery.ts';
import { Assets, hashBytes } from '../models/asset.ts';
import type { PublishRequest } from './platform-of.ts';

type PublishImage = NonNullable<PublishRequest['images']>[number];

/**
 * The request for the part of a delivery that is next, the same for every attempt and every look. `missing` says
 * which image is not there as it was approved: then nothing may leave.
 */
export async function publishRequest(delivery: Delivery): Promise<PublishRequest | { missing: string }> {
  const found = isBegun(delivery) ? { images: [] } : await imagesOf(delivery);
  if (!found) return { missing: 'An image is not there any more as it was approved.' };
  const { images, ...label } = found;
  const sent = delivery.sent ?? [];
  const [root, parent] = [sent.at(0), sent.at(-1)];
  return {
    text: textsOf(delivery)[stepOf(delivery)] ?? '',
    language: delivery.language,
    deliveryKey: deliveryKeyOf(delivery),
    ...label,
    ...(images.length > 0 ? { images } : {}),
    ...(root && parent ? { continues: { root: root.remoteId, parent: parent.remoteId } } : {}),
    ...(delivery.prepared ? { prepared: delivery.prepared } : {}),
  };
}

interface FoundImages {
  images: PublishImage[];
  /** Given where a machine made one of them, so that the post gets the label which that demands. */
  origin?: 'ai-generated';
}

/** null when one of them is missing, or its bytes are not the approved ones. */
async function imagesOf({ images = [] }: Delivery): Promise<FoundImages | null> {
  if (images.length === 0) return { images: [] };
  const ids = images.map(({ asset }) => asset);
  const stored = await Assets.find({ _id: trusted({ $in: ids }) }).select('-thumbnail');
  const found = images.flatMap(({ asset, sha256, altText }) => {
    const kept = stored.find(({ _id }) => _id === asset);
    return kept && hashBytes(kept.bytes) === sha256
      ? [{ bytes: new Uint8Array(kept.bytes), mimeType: kept.mimeType, altText }]
      : [];
  });
  if (found.length < images.length) return null;
  const isMade = stored.some(({ origin }) => origin === 'ai-generated');
  return { images: found, ...(isMade ? { origin: 'ai-generated' } : {}) };
}
