import { RuleViolation } from './rule-violation.ts';

/** Bytes of an upload; photographs of phones are a fifth of it. */
export const MOST_UPLOAD_BYTES = 20_000_000;

/** Pixels of an upload, so that a small file cannot unfold into a memory full of one colour. */
export const MOST_PIXELS = 50_000_000;

/** Bytes of an image as it is kept: the least that any network takes (Bluesky), so that what is approved is what is sent. */
export const KEPT_BYTES = 2_000_000;

/** Pixels of the longer side as it is kept: more than any network shows. */
export const KEPT_SIDE = 2560;

type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'svg' | 'other';

const KEPT_KINDS: readonly PictureKind[] = ['jpeg', 'png', 'webp'];

/** What a file is by its first bytes, whatever its name says. */
function pictureKindOf(bytes: Uint8Array): PictureKind {
  const at = (start: number, length: number) => String.fromCharCode(...bytes.subarray(start, start + length));
  if (at(0, 3) === '\xff\xd8\xff') return 'jpeg';
  if (at(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (at(0, 4) === 'RIFF' && at(8, 4) === 'WEBP') return 'webp';
  if (/^GIF8[79]a/.test(at(0, 6))) return 'gif';
  return /<svg[\s>]/i.test(at(0, 1024)) ? 'svg' : 'other';
}

/** Whether a PNG is an animation: its control chunk stands before the picture (PNG, third edition, 11.3.6.1). */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === 'acTL') return true;
    if (name === 'IDAT') return false;
  }
  return false;
}

/**
 * Throws `image-needed`, `image-too-heavy`, `image-is-drawing` (SVG carries scripts and addresses),
 * `image-animated` or `image-kind-refused`, each for the field `image`.
 */
export function assertUpload(bytes: Uint8Array): void {
  if (bytes.length === 0) throw refusal('image-needed', 'Choose an image.');
  if (bytes.length > MOST_UPLOAD_BYTES) throw tooHeavy();
  const kind = pictureKindOf(bytes);
  if (kind === 'svg') throw refusal('image-is-drawing', 'An SVG drawing can carry scripts. Save it as PNG.');
  if (kind === 'gif') throw animated();
  if (!KEPT_KINDS.includes(kind)) {
    throw refusal('image-kind-refused', 'This is not a JPEG, PNG or WebP image. Save it as one of these.');
  }
  if (kind === 'png' && isAnimatedPng(bytes)) throw animated();
}

/** Throws `image-animated` for more than one frame, and `image-too-many-pixels`. */
export function assertPicture({ width, height, frames }: { width: number; height: number; frames: number }) {
  if (frames > 1) throw animated();
  if (width * height > MOST_PIXELS) throw tooManyPixels();
}

function tooHeavy(): RuleViolation {
  return refusal('image-too-heavy', 'This file is too large. Make it smaller first.', {
    megabytes: MOST_UPLOAD_BYTES / 1_000_000,
  });
}

/** For a file that says it is an image and cannot be read as one. */
export function broken(): RuleViolation {
  return refusal('image-broken', 'This file cannot be read as an image. Open it and save it anew.');
}

function tooManyPixels(): RuleViolation {
  return refusal('image-too-many-pixels', 'This image has too many pixels. Make it smaller first.', {
    millions: MOST_PIXELS / 1_000_000,
  });
}

/** Nothing moves by itself here or in front of readers (domain rule 9; WCAG 2.2.2). */
function animated(): RuleViolation {
  return refusal('image-animated', 'Animated images are not taken. Save one frame as PNG.');
}

function refusal(rule: string, sentence: string, values: Record<string, number> = {}): RuleViolation {
  return new RuleViolation(rule, sentence, { field: 'image', values });
}
