import type { Network } from './network.ts';
import { searchTerms } from './search-terms.ts';

export const MESSAGE_TYPES = [
  'counter-narrative',
  'alternative-narrative',
  'prebunking',
  'help-offer',
  'government-communication',
] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** Hostile and shaming are not in the list: they are refused. */
export const TONES = [
  'empathic',
  'factual',
  'questioning',
  'humorous',
  'testimonial',
  'denouncing',
  'satirical',
] as const;
export type Tone = (typeof TONES)[number];

export const STRATEGIES = [
  'facts',
  'hypocrisy',
  'warning-of-consequences',
  'affiliation',
  'denouncing',
  'humour',
  'positive-tone',
  'question',
] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const ORIGINS = ['human', 'ai-assisted', 'ai-generated', 'uncertain'] as const;
export type Origin = (typeof ORIGINS)[number];

export const MESSAGE_STATES = ['draft', 'in-review', 'returned', 'rejected', 'approved'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** An image as it was approved: its bytes by their hash, and the words that stand for it. */
export interface VariantImage {
  /** Id of the asset that keeps the bytes. */
  asset: string;
  /** SHA-256 of the bytes, in hex. */
  sha256: string;
  altText: string;
}

/** What every variant of a language says that has no text of its own. */
export interface SharedText {
  /** BCP 47 tag. */
  language: string;
  text: string;
}

/** The text of a message for one network and one language, or for one arm of an experiment there. */
export interface Variant {
  _id: string;
  network: Network;
  /** BCP 47 tag of the content, not of the interface. */
  language: string;
  /** Name of the arm of an experiment that it is: see armName. Not given, or null, for a text that nothing is compared with. */
  arm?: string | null;
  text: string;
  /** The texts that continue it as a thread, in order; not given or empty for a single post. */
  parts?: string[];
  /** Every text of it as it was written with `{{fields}}`, in order; not given or empty when none has any. */
  templates?: string[];
  /** Its text is the shared one of its language. */
  isShared?: boolean;
  /** Shown with the first text, in this order; not given or empty for none. */
  images?: VariantImage[];
  /** Ids of the accounts on which this text may appear. */
  accounts: string[];
  /** Hash of the original text that it renders, as it was when a translator said so; no part of an approval. */
  renders?: string | null;
}

interface CallToAction {
  text: string;
  /** The service it leads to, in words. */
  service: string;
  /** Whether somebody answers there; null until the question is answered. */
  isStaffed: boolean | null;
}

/** An approval holds for one content hash; any edit voids it. */
export interface Approval {
  contentHash: string;
  reviewer: string;
  at: Date;
}

/**
 * What a message rests on: an answer of the library that it began from, or a reference in words. It is no part of
 * what an approval is bound to: it never reaches a network, and naming a source later, or merging two answers that
 * say the same, must not hold posts whose text stayed as it was read.
 */
export interface MessageSource {
  kind: 'answer' | 'reference';
  /** Id of the answer; null for a reference. */
  answer: string | null;
  /** The reference in words; empty for an answer. */
  text: string;
}

/** The approved substance, with its variants. */
export interface Message {
  _id: string;
  campaign: string;
  title: string;
  type: MessageType;
  narrative: string | null;
  segment: string | null;
  messenger: string | null;
  tone: Tone | null;
  strategies: Strategy[];
  origin: Origin;
  /** Id of the person who answers for a text that a machine had a part in (domain rule 4). */
  humanEditor: string | null;
  callToAction: CallToAction;
  /** Not given on old records. */
  sharedTexts?: SharedText[];
  variants: Variant[];
  /** BCP 47 tag of the texts that the others render; null: that of the first. No part of an approval. */
  originalLanguage: string | null;
  sources: MessageSource[];
  tags: string[];
  state: MessageState;
  /** Hash of what a reviewer sees: see approvalSubject. */
  contentHash: string;
  approval: Approval | null;
  /** Ids of the reviews that approve exactly this content; an edit, a return and a rejection empty it. */
  standing: string[];
  /** Id of the review that took effect last; null before the first. */
  lastReview: string | null;
  /** Ids of everybody who wrote or edited any of it; none of them may approve it. */
  writers: string[];
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

type Found = Pick<Message, 'title' | 'variants' | 'callToAction' | 'sources' | 'tags'>;

/** The words a message is found by: all of its texts, also those that continue a thread or describe an image. */
export function messageTerms({ title, variants, callToAction, sources, tags }: Found): string[] {
  const texts = variants.flatMap(({ text, parts = [], images = [] }) => [
    text,
    ...parts,
    ...images.map(({ altText }) => altText),
  ]);
  const { text, service } = callToAction;
  return searchTerms([title, ...texts, text, service, ...sources.map((one) => one.text), ...tags].join('\n'));
}

/** The part of a message that a reviewer approves. */
export type MessageContent = Pick<
  Message,
  | 'type'
  | 'narrative'
  | 'segment'
  | 'messenger'
  | 'tone'
  | 'strategies'
  | 'origin'
  | 'humanEditor'
  | 'callToAction'
  | 'sharedTexts'
  | 'variants'
>;

/**
 * The exact content that an approval is bound to, as one canonical string (domain rule 7: text, assets,
 * accounts and segment; here also who speaks and where the call to action leads). Hash this, nothing else.
 */
export function approvalSubject(message: MessageContent): string {
  const { type, narrative, segment, messenger, tone, origin, humanEditor, callToAction } = message;
  return JSON.stringify({
    type,
    narrative,
    segment,
    messenger,
    tone,
    strategies: [...message.strategies].sort(),
    origin,
    humanEditor,
    callToAction: [callToAction.text, callToAction.service, callToAction.isStaffed],
    variants: message.variants
      .map((variant) => {
        const { _id, network, language, text, accounts } = variant;
        return [_id, network, language, text, [...accounts].sort(), ...endOf(variant)];
      })
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  });
}

/**
 * What stands behind the accounts. The arm is part of what is approved, because it says which of several texts a reader
 * gets, and because figures must not change their arm once they are known. Left out where there is none, so that
 * approvals from before arms still hold.
 */
function endOf(variant: Pick<Variant, 'parts' | 'images' | 'arm'>): unknown[] {
  if (!variant.arm) return attachedTo(variant);
  const [parts = [], images = []] = attachedTo(variant);
  return [parts, images, variant.arm];
}

/** Left out where there is nothing, so that approvals of plain texts from before threads and images still hold. */
export function attachedTo({ parts = [], images = [] }: Pick<Variant, 'parts' | 'images'>): unknown[] {
  if (parts.length + images.length === 0) return [];
  return [parts, images.map(({ asset, sha256, altText }) => [asset, sha256, altText])];
}

/** Whether the approval on record still speaks of the content as it is now. */
export function isApproved(message: Pick<Message, 'state' | 'approval' | 'contentHash'>): boolean {
  return message.state === 'approved' && message.approval?.contentHash === message.contentHash;
}
