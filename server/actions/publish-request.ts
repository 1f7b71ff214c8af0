import { trusted } from 'mongoose';
import { type Delivery, deliveryKeyOf, isBegun, stepOf, textsOf } from '../domain/delivery.ts';
import { Assets, hashBytes } from '../models/asset.ts';
import type { PublishRequest } from './platform-of.ts';

/**
 * The request for the part of a delivery that is next, the same for every attempt and every look. `missing` says
 * which image is not there as it was approved: then nothing may leave.
 */
export async function publishRequest(delivery: Delivery): Promise<PublishRequest | { missing: string }> {
  const images = isBegun(delivery) ? [] : await imagesOf(delivery);
  if (!images) return { missing: 'An image is not there any more as it was approved.' };
  const sent = delivery.sent ?? [];
  const [root, parent] = [sent.at(0), sent.at(-1)];
  return {
    text: textsOf(delivery)[stepOf(delivery)] ?? '',
    language: delivery.language,
    deliveryKey: deliveryKeyOf(delivery),
    ...(images.length > 0 ? { images } : {}),
    ...(root && parent ? { continues: { root: root.remoteId, parent: parent.remoteId } } : {}),
    ...(delivery.prepared ? { prepared: delivery.prepared } : {}),
  };
}

/** null when one of them is missing, or its bytes are not the approved ones. */
async function imagesOf({ images = [] }: Delivery): Promise<PublishRequest['images'] | null> {
  if (images.length === 0) return [];
  const ids = images.map(({ asset }) => asset);
  const stored = await Assets.find({ _id: trusted({ $in: ids }) });
  const found = images.flatMap(({ asset, sha256, altText }) => {
    const kept = stored.find(({ _id }) => _id === asset);
    return kept && hashBytes(kept.bytes) === sha256
      ? [{ bytes: new Uint8Array(kept.bytes), mimeType: kept.mimeType, altText }]
      : [];
  });
  return found.length === images.length ? found : null;
}
