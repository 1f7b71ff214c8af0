import sharp, { type Sharp } from 'sharp';
import {
  assertPicture,
  assertUpload,
  broken,
  KEPT_BYTES,
  KEPT_SIDE,
  MOST_PIXELS,
} from '../domain/picture.ts';

// A reader that is not there cannot be attacked: files may only be read as what pages take.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] });
sharp.cache(false);

const MOST_SECONDS = 20;

/** An image as it is kept and sent, the same bytes on every network. */
export interface EncodedImage {
  bytes: Buffer;
  mimeType: 'image/png' | 'image/jpeg';
  /** Pixels. */
  width: number;
  height: number;
  /** A small JPEG of it, for lists. */
  thumbnail: Buffer;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Writes an uploaded image anew, so that nothing of the file but what it shows is kept: no place, no camera, no hidden
 * part. One after the other, because each takes the memory of a whole picture. Throws RuleViolation for what is
 * not a still JPEG, PNG or WebP image of reasonable size.
 */
export function encodeImage(upload: Uint8Array): Promise<EncodedImage> {
  const encoded = last.then(() => encode(upload));
  last = encoded.catch(() => undefined);
  return encoded;
}

async function encode(upload: Uint8Array): Promise<EncodedImage> {
  assertUpload(upload);
  const { format, width = 0, height = 0, pages = 1 } = await open(upload, false).metadata().catch(unreadable);
  assertPicture({ width, height, frames: pages });
  const made = await fitting(upload, format !== 'jpeg');
  const thumbnail = await shrunk(sharp(made.bytes), THUMBNAIL_SIDE)
    .flatten(ON_WHITE)
    .jpeg({ quality: 75 })
    .toBuffer();
  return { ...made, thumbnail };
}

type Fitting = Omit<EncodedImage, 'thumbnail'>;

async function fitting(upload: Uint8Array, mayBeLossless: boolean): Promise<Fitting> {
  const picture = open(upload).timeout({ seconds: MOST_SECONDS }).autoOrient();
  if (mayBeLossless) {
    const lossless = await shrunk(picture, KEPT_SIDE)
      .png({ compressionLevel: 9 })
      .toBuffer(WITH_SIZE)
      .catch(unreadable);
    if (lossless.data.length <= KEPT_BYTES) return kept(lossless, 'image/png');
  }
  return asPhotograph(picture);
}

/** Softer first, then smaller, until it fits. */
async function asPhotograph(picture: Sharp): Promise<Fitting> {
  for (let side = KEPT_SIDE; ; side = Math.round(side * 0.75)) {
    for (const quality of [88, 78]) {
      const photograph = await shrunk(picture, side)
        .flatten(ON_WHITE)
        .jpeg({ quality, progressive: true })
        .toBuffer(WITH_SIZE)
        .catch(unreadable);
      if (photograph.data.length <= KEPT_BYTES) return kept(photograph, 'image/jpeg');
    }
  }
}

/** Pixels of the longer side. */
const THUMBNAIL_SIDE = 320;
const ON_WHITE = { background: 'white' };
const WITH_SIZE = { resolveWithObject: true } as const;

/** Reading the head of a file alone unfolds nothing, so it needs no limit. */
const open = (upload: Uint8Array, limitInputPixels: number | false = MOST_PIXELS) =>
  sharp(upload, { limitInputPixels, sequentialRead: true });

const shrunk = (picture: Sharp, side: number) =>
  picture.clone().resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });

function kept(
  { data, info }: { data: Buffer; info: { width: number; height: number } },
  mimeType: EncodedImage['mimeType'],
): Fitting {
  return { bytes: data, mimeType, width: info.width, height: info.height };
}

function unreadable(): never {
  throw broken();
}
