import { z } from 'zod';
import type { MessageInput, VariantInput } from '../../actions/draft-message.ts';
import { armName } from '../../domain/arm.ts';
import { MESSAGE_TYPES, type MessageContent, ORIGINS, STRATEGIES, TONES } from '../../domain/message.ts';
import { NETWORKS } from '../../domain/network.ts';
import { REFUSED_TONES } from '../../domain/tone.ts';
import { LONGEST_ALT_TEXT } from './assets.ts';
import {
  choice,
  choices,
  contentLanguage,
  entries,
  id,
  line,
  lines,
  optionalChoice,
  optionalId,
  optionalLine,
  optionalLongText,
  wholeNumber,
} from './fields.ts';
import { readStep, stepped } from './variant-steps.ts';

const MOST_VARIANTS = 30;
/** Far above any network's limit, so that a long draft is kept and counted rather than cut. */
const LONGEST_TEXT = 10_000;
const MOST_PARTS = 40;
const MOST_IMAGES = 20;

const language = contentLanguage();

/** The number keeps the row of a part in which nothing is written yet. */
const part = z.strictObject({ number: z.string().max(4), text: optionalLongText(LONGEST_TEXT) });

const image = z.strictObject({ asset: id(), altText: optionalLongText(LONGEST_ALT_TEXT) });

const variant = z.strictObject({
  _id: optionalId(),
  network: choice(NETWORKS),
  language,
  /** Its own rules are the domain's. */
  arm: optionalLine().transform(armName),
  text: optionalLongText(LONGEST_TEXT),
  parts: z.array(part).max(MOST_PARTS).default([]),
  images: z.array(image).max(MOST_IMAGES).default([]),
  /** An image that was chosen to be added. */
  image: optionalId(),
  account: optionalId(),
});

const fields = {
  title: line(200),
  type: choice(MESSAGE_TYPES),
  narrative: optionalId(),
  segment: optionalId(),
  messenger: optionalId(),
  tone: optionalChoice([...TONES, ...REFUSED_TONES]),
  strategies: choices(STRATEGIES),
  origin: choice(ORIGINS),
  humanEditor: optionalId(),
  callToAction: z.strictObject({
    text: optionalLongText(500),
    service: optionalLine(300),
    isStaffed: optionalChoice(['yes', 'no']).transform((answer) => answer && answer === 'yes'),
  }),
  sharedTexts: z
    .array(z.strictObject({ language, text: optionalLongText(LONGEST_TEXT) }))
    .max(MOST_VARIANTS)
    .default([]),
  originalLanguage: z.union([z.literal('').transform(() => null), language]).default(null),
  variants: z.array(variant).max(MOST_VARIANTS).default([]),
  tags: entries(),
  references: lines(),
  /** A variant that the "Add" button asks for. */
  more: z
    .object({
      network: choice(NETWORKS).catch('x'),
      language: z.union([z.literal('').transform(() => 'en'), language]),
    })
    .default({ network: 'x', language: 'en' }),
  /** Which button was pressed; `remove-2` takes the third variant away, `add-arm-2` begins another arm of it, `translated-2` says that it renders the original. */
  step: z.string().max(60).default('save').transform(readStep),
};

export const newMessageForm = z.strictObject({ ...fields, campaign: id(), answer: optionalId() });
export const messageForm = z.strictObject({ ...fields, version: wholeNumber(0, Number.MAX_SAFE_INTEGER) });
/** A preview shows whatever is there, also before there is a title. */
export const previewForm = z.strictObject({
  ...fields,
  title: optionalLine(200),
  version: z.string().optional(),
  campaign: z.string().optional(),
  answer: z.string().optional(),
});

type Typed = z.output<typeof messageForm> | z.output<typeof newMessageForm>;

/** The message that the form describes, with what the pressed button asks for. */
export function messageInput(typed: Omit<Typed, 'version' | 'campaign' | 'answer'>): MessageInput {
  const { step, more, variants, origin, humanEditor, sharedTexts: shared, ...content } = typed;
  const sharedTexts = shared.filter(({ text }) => text !== '');
  return {
    ...content,
    origin,
    humanEditor: origin === 'human' ? null : humanEditor,
    sharedTexts,
    variants: stepped(variants.map(variantInput), step, { more, sharedTexts }),
  };
}

type TypedVariant = Typed['variants'][number];

/** An image that was chosen is added, whatever else was pressed. */
function variantInput({ account, parts, images, image: chosen, ...rest }: TypedVariant): VariantInput {
  const isNew = chosen !== null && !images.some(({ asset }) => asset === chosen);
  return {
    ...rest,
    parts: parts.map(({ text }) => text),
    images: [...images, ...(isNew ? [{ asset: chosen, altText: null }] : [])],
    accounts: account ? [account] : [],
  };
}

/**
 * The same as a content that can be checked; variants without an id get one that no saved variant has, and images are
 * not tied to their bytes yet. `proposed` is the alt text of a chosen image.
 */
export function previewContent(
  typed: z.output<typeof previewForm>,
  proposed: (asset: string) => string,
): MessageContent {
  const { title, originalLanguage, tags, references, variants, tone, ...content } = messageInput(typed);
  return {
    ...content,
    tone: TONES.find((known) => known === tone) ?? null,
    variants: variants.map(({ images = [], ...one }, index) => ({
      ...one,
      _id: one._id ?? `unsaved-${index}`,
      images: images.map(({ asset, altText }) => ({
        asset,
        sha256: '',
        altText: altText ?? proposed(asset),
      })),
    })),
  };
}
