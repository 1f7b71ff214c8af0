import { createHash } from 'node:crypto';
import { model, Schema } from 'mongoose';
import {
  type Approval,
  approvalSubject,
  MESSAGE_STATES,
  MESSAGE_TYPES,
  type Message,
  type MessageContent,
  type MessageSource,
  messageTerms,
  ORIGINS,
  type SharedText,
  STRATEGIES,
  TONES,
  type Variant,
  type VariantImage,
} from '../domain/message.ts';
import { NETWORKS } from '../domain/network.ts';
import { isDemo, optionalText, stringId, text, watched } from './document.ts';
import { DERIVATION, type Findable, findableFields, makeFindable } from './findable.ts';

/** SHA-256, in hex, of the content that an approval is bound to. */
export function hashContent(content: MessageContent): string {
  return sha256(approvalSubject(content));
}

/** SHA-256 of a text, in hex. */
export function sha256(subject: string): string {
  return createHash('sha256').update(subject).digest('hex');
}

/** Also kept in deliveries, as it left. */
export const variantImage = new Schema<VariantImage>(
  { asset: { type: String, required: true }, sha256: { type: String, required: true }, altText: text },
  { _id: false },
);

const variant = new Schema<Variant>({
  _id: stringId,
  network: { type: String, enum: NETWORKS, required: true },
  language: { type: String, required: true },
  arm: { type: String, default: undefined },
  text,
  parts: [String],
  isShared: { type: Boolean, default: undefined },
  templates: { type: [String], default: undefined },
  images: [variantImage],
  accounts: [String],
  renders: String,
});

const sharedText = new Schema<SharedText>(
  { language: { type: String, required: true }, text },
  { _id: false },
);

const source = new Schema<MessageSource>(
  { kind: { type: String, enum: ['answer', 'reference'], required: true }, answer: optionalText, text },
  { _id: false },
);

const approval = new Schema<Approval>(
  {
    contentHash: { type: String, required: true },
    reviewer: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { _id: false },
);

const schema = new Schema<Message & Findable>(
  {
    _id: stringId,
    campaign: { type: String, required: true, index: true },
    title: { type: String, required: true },
    type: { type: String, enum: MESSAGE_TYPES, required: true },
    narrative: optionalText,
    segment: optionalText,
    messenger: optionalText,
    tone: { type: String, enum: [...TONES, null], default: null },
    strategies: [{ type: String, enum: STRATEGIES }],
    origin: { type: String, enum: ORIGINS, default: 'human' },
    humanEditor: optionalText,
    callToAction: { text, service: text, isStaffed: { type: Boolean, default: null } },
    sharedTexts: [sharedText],
    variants: [variant],
    originalLanguage: optionalText,
    sources: [source],
    ...findableFields,
    state: { type: String, enum: MESSAGE_STATES, default: 'draft' },
    contentHash: { type: String, default: '' },
    approval: { type: approval, default: null },
    standing: [String],
    lastReview: optionalText,
    writers: [String],
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);
makeFindable(schema);
schema.index({ state: 1, updatedAt: -1 });
schema.index({ 'variants.images.asset': 1 }, { sparse: true });
schema.index({ updatedAt: -1, _id: -1 });
schema.index({ 'sources.answer': 1 });

/** Hash and words always follow the content, whoever saves. */
schema.pre('save', function followContent() {
  const content = this.toObject();
  this.set({ contentHash: hashContent(content), terms: messageTerms(content), indexed: DERIVATION });
});

export const Messages = model('Message', schema, 'messages');
