import { imageSize } from 'image-size';
import { z } from 'zod';
import type { PublishRequest } from '../platform.ts';
import { classify, type Failure } from './classify.ts';
import { ask, type BlueskySettings } from './client.ts';
import type { BlueskyCredential } from './credential.ts';

/** An image as a post carries it: where the server keeps it, and what it shows in words. */
export interface PlacedImage {
  image: Blob;
  alt: string;
  aspectRatio?: { width: number; height: number };
}

const blob = z.object({
  $type: z.literal('blob'),
  ref: z.object({ $link: z.string().min(1) }),
  mimeType: z.string(),
  size: z.number(),
});
type Blob = z.infer<typeof blob>;

const uploaded = z.object({ blob });

/** Uploads images one after the other. The server drops those that no post carries within hours. */
export async function uploadImages(
  settings: BlueskySettings,
  own: BlueskyCredential,
  { images = [], signal }: Pick<PublishRequest, 'images' | 'signal'>,
): Promise<PlacedImage[] | Failure> {
  const placed: PlacedImage[] = [];
  for (const { bytes, mimeType, altText } of images) {
    const answer = await ask(settings, own, {
      method: 'com.atproto.repo.uploadBlob',
      data: bytes,
      encoding: mimeType,
      signal,
    });
    const image = answer.kind === 'answered' ? uploaded.safeParse(answer.body).data?.blob : undefined;
    if (!image) return classify(answer, settings.now());
    placed.push({ image, alt: altText, ...aspectRatioOf(bytes) });
  }
  return placed;
}

/** Lets apps keep the place free while an image loads; left out when the bytes do not say it. */
function aspectRatioOf(bytes: Uint8Array): Pick<PlacedImage, 'aspectRatio'> {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    // From 5 on, cameras held upright: what is stored lies on its side.
    return { aspectRatio: orientation >= 5 ? { width: height, height: width } : { width, height } };
  } catch {
    return {};
  }
}
