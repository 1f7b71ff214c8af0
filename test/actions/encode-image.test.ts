import { expect } from 'chai';
import sharp from 'sharp';
import { encodeImage } from '../../server/actions/encode-image.ts';
import { KEPT_BYTES, KEPT_SIDE, MOST_UPLOAD_BYTES } from '../../server/domain/picture.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';
import { aPicture } from '../support/pictures.ts';

async function ruleFor(upload: Uint8Array): Promise<string> {
  try {
    await encodeImage(upload);
    return 'taken';
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error;
    expect(error.field).to.equal('image');
    return error.rule;
  }
}

/** Camera, owner and place. */
const NOTES = ['Lantern', 'Phone 7', 'Nadia', 'WGS-84'];

const ascii = (text: string) => Buffer.from(text, 'latin1');

describe('An uploaded image', () => {
  it('keeps what it shows, the way up that it was seen, and no hidden note', async () => {
    const upload = await aPicture({ width: 60, height: 40, withNotes: true });
    const before = await sharp(upload).metadata();
    expect(before.orientation).to.equal(6);
    for (const word of NOTES) expect(before.exif?.includes(word), word).to.equal(true);
    const { bytes, mimeType, width, height } = await encodeImage(upload);
    const after = await sharp(bytes).metadata();
    expect({ mimeType, width, height }).to.deep.equal({ mimeType: 'image/jpeg', width: 40, height: 60 });
    for (const hidden of ['exif', 'icc', 'iptc', 'xmp', 'orientation'] as const) {
      expect(after[hidden], hidden).to.equal(undefined);
    }
    for (const word of ['Lantern', 'Phone 7', 'Nadia', 'Exif'])
      expect(bytes.includes(word), word).to.equal(false);
  });

  it('loses whatever is hung onto it', async () => {
    for (const as of ['jpeg', 'png', 'webp'] as const) {
      const upload = Buffer.concat([await aPicture({ as }), ascii('PK\x03\x04<script>alert(1)</script>')]);
      const { bytes } = await encodeImage(upload);
      expect(bytes.includes('script'), as).to.equal(false);
      expect(bytes.includes('PK\x03\x04'), as).to.equal(false);
    }
  });

  it('becomes small enough for every network, whatever it was', async () => {
    const upload = await aPicture({ width: 2200, height: 1600, isNoise: true });
    expect(upload.length).to.be.greaterThan(KEPT_BYTES);
    const { bytes, width, height } = await encodeImage(upload);
    expect(bytes.length).to.be.at.most(KEPT_BYTES);
    expect(Math.max(width, height)).to.be.at.most(KEPT_SIDE);
    expect((await sharp(bytes).metadata()).width).to.equal(width);
  });

  it('stays without loss, see-through parts included, while it is small', async () => {
    const { bytes, mimeType } = await encodeImage(await aPicture({ as: 'webp', alpha: true }));
    expect(mimeType).to.equal('image/png');
    expect((await sharp(bytes).metadata()).hasAlpha).to.equal(true);
  });

  it('is the same bytes every time, so that it is found again', async () => {
    const upload = await aPicture({ withNotes: true });
    expect((await encodeImage(upload)).bytes.equals((await encodeImage(upload)).bytes)).to.equal(true);
  });

  const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const refused: [string, string, () => Buffer | Promise<Buffer>][] = [
    ['nothing', 'image-needed', () => Buffer.alloc(0)],
    ['too many bytes', 'image-too-heavy', () => Buffer.alloc(MOST_UPLOAD_BYTES + 1, 'x')],
    ['a drawing', 'image-is-drawing', () => ascii(svg)],
    ['a GIF', 'image-animated', () => ascii('GIF89a=1;alert(1)')],
    ['a page', 'image-kind-refused', () => ascii('<!DOCTYPE html><img src=x>')],
    ['a PDF', 'image-kind-refused', () => ascii('%PDF-1.7')],
    ['a drawing that begins like a PNG', 'image-broken', () => ascii(`\x89PNG\r\n\x1a\n${svg}`)],
    ['a cut image', 'image-broken', async () => (await aPicture({ isNoise: true })).subarray(0, 400)],
    ['a bomb', 'image-too-many-pixels', () => aPicture({ width: 8000, height: 7000, as: 'png' })],
    ['an animated PNG', 'image-animated', async () => animatedPng(await aPicture({ as: 'png' }))],
    ['an animated WebP', 'image-animated', animatedWebp],
  ];
  for (const [what, rule, upload] of refused) {
    it(`is not taken when it is ${what}`, async () => {
      expect(await ruleFor(await upload())).to.equal(rule);
    });
  }
});

/** The chunk that makes a PNG an animation, after the header. */
function animatedPng(still: Buffer): Buffer {
  const chunk = Buffer.alloc(20);
  chunk.writeUInt32BE(8, 0);
  chunk.write('acTL', 4, 'latin1');
  return Buffer.concat([still.subarray(0, 33), chunk, still.subarray(33)]);
}

async function animatedWebp(): Promise<Buffer> {
  const frames = await Promise.all(['#000', '#fff'].map((background) => frameOf(background)));
  return sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer();
}

const frameOf = (background: string) =>
  sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer();
