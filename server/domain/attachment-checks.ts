import type { Asset } from './asset.ts';
import type { Origin, Variant, VariantImage } from './message.ts';
import type { Check, CheckOutcome } from './readiness.ts';
import type { ImageLimits } from './server-limits.ts';
import { carriesOriginLabel } from './variant.ts';

/** Posts of one thread: more is an article, and belongs behind a link. */
export const THREAD_LIMIT = 25;

export interface AttachmentFacts {
  /** What the accounts of this text may carry; null where this installation has no adapter. */
  imageLimits(variant: Pick<Variant, 'network' | 'accounts'>): ImageLimits | null;
  /** The images of the library that the texts carry, by id; one that is gone is missing. */
  assets: ReadonlyMap<string, Pick<Asset, 'size' | 'origin' | 'quotesExtremists'>>;
}

export type CheckOf = (rule: string, outcome: CheckOutcome, values?: Check['values']) => Check;

/** What is looked at in the images of one text: that each is there, described, within limits, and labelled. */
export function imageChecks(
  variant: Variant,
  texts: readonly string[],
  facts: AttachmentFacts,
  of: CheckOf,
): Check[] {
  const { images = [] } = variant;
  if (images.length === 0) return [];
  const limits = facts.imageLimits(variant);
  const stops = [
    ...(limits && images.length > limits.most
      ? [of('too-many-images', 'stop', { count: images.length, limit: limits.most })]
      : []),
    ...images.flatMap((image, index) => imageStops(image, { facts, limits, image: index + 1 }, of)),
  ];
  const used = images.flatMap(({ asset }) => facts.assets.get(asset) ?? []);
  return [
    ...(stops.length > 0 ? stops : [of('alt-text-needed', 'fine', { count: images.length })]),
    ...labelCheck(used, texts, of),
    ...(used.some(({ quotesExtremists }) => quotesExtremists) ? [of('quotes-extremists', 'attention')] : []),
  ];
}

interface Looking {
  facts: AttachmentFacts;
  limits: ImageLimits | null;
  /** Its number within the text, from 1. */
  image: number;
}

function imageStops(
  { asset, altText }: VariantImage,
  { facts, limits, image }: Looking,
  of: CheckOf,
): Check[] {
  const kept = facts.assets.get(asset);
  const length = [...altText].length;
  const stop = (rule: string, values: Record<string, number> = {}) => of(rule, 'stop', { image, ...values });
  return [
    ...(kept ? [] : [stop('image-gone')]),
    ...(length === 0 || altText.trim() === '' ? [stop('image-alt-text-needed')] : []),
    ...(limits && length > limits.altText
      ? [stop('alt-text-too-long', { length, limit: limits.altText })]
      : []),
    ...(limits && kept && kept.size > limits.bytes
      ? [stop('image-too-large', { kilobytes: inKilobytes(kept.size), limit: inKilobytes(limits.bytes) })]
      : []),
  ];
}

const inKilobytes = (bytes: number) => Math.ceil(bytes / 1000);

/** Pictures that a machine made, or may have made, are labelled as texts are (AI Act 50(4)). */
function labelCheck(used: readonly { origin: Origin }[], texts: readonly string[], of: CheckOf): Check[] {
  const made = used.find(({ origin }) => !carriesOriginLabel('', origin));
  if (!made) return [];
  const isLabelled = carriesOriginLabel(texts.join('\n'), made.origin);
  return [of('image-origin-label-needed', isLabelled ? 'fine' : 'stop')];
}
