import sharp from 'sharp';

/** How a picture of a test is written; without anything, a small green JPEG. */
interface PictureOptions {
  width?: number;
  height?: number;
  as?: 'jpeg' | 'png' | 'webp';
  /** With a camera, a place and the way up that phones write. */
  withNotes?: boolean;
  /** Nothing in it repeats, so that it cannot be made small. */
  isNoise?: boolean;
  alpha?: boolean;
  /** Part of red, 0 to 255: two pictures of another shade are two to the library. */
  shade?: number;
}

/** A real picture. */
export async function aPicture(options: PictureOptions = {}): Promise<Buffer> {
  const { width = 60, height = 40, as = 'jpeg', withNotes = false, isNoise = false } = options;
  const { alpha = false, shade = 10 } = options;
  const create = {
    width,
    height,
    channels: alpha ? 4 : 3,
    background: { r: shade, g: 120, b: 90, alpha: 0.5 },
  } as const;
  const noise = { type: 'gaussian', mean: 128, sigma: 90 } as const;
  const picture = sharp({ create: isNoise ? { ...create, noise } : create });
  const exif = {
    IFD0: { Make: 'Lantern', Model: 'Phone 7', Copyright: 'Nadia' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 50/1 0/1', GPSMapDatum: 'WGS-84' },
  };
  const noted = withNotes ? picture.withMetadata({ orientation: 6, exif }) : picture;
  return noted.toFormat(as).toBuffer();
}
