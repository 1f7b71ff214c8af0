import type { Answer } from '../../domain/answer.ts';
import { MESSAGE_TYPES, ORIGINS, STRATEGIES, TONES } from '../../domain/message.ts';
import { NETWORK_NAMES, type Network } from '../../domain/network.ts';
import { TEMPLATE_FIELDS } from '../../domain/template.ts';
import { REFUSED_TONES } from '../../domain/tone.ts';
import type { ComposerChoices, DraftPage } from '../../queries/composer.ts';
import type { CheckedDraft } from '../../queries/draft-checks.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { networkOptions, optionsOf, tagSuggestions } from './library.ts';
import { previewView, stateView } from './messages.ts';
import { imageView } from './post-card.ts';
import { translationsView } from './translations.ts';

/** What the form holds of one variant. */
export interface ComposerRow {
  /** Empty while it was never saved. */
  id: string;
  network: Network;
  /** It has the name of an arm, or stands beside a text of its network and language and may need one. */
  isArm: boolean;
  /** How many texts continue the first one. */
  parts: number;
  /** Ids of the images that it carries. */
  images: string[];
}

interface Composing {
  /** null: not saved yet. */
  stored: DraftPage | null;
  /** The answer that a new message begins from. */
  answer: Pick<Answer, '_id' | 'text'> | null;
  campaign: DraftPage['campaign'];
  choices: ComposerChoices;
  checked: CheckedDraft;
  rows: ComposerRow[];
  /** Languages for which a text can be shared, in the order of the form, and whether its field is unfolded. */
  shared: { language: string; isOpen: boolean }[];
  sentVersion: string | undefined;
  /** When the reader typed something that was kept and not saved; null: nothing is kept. */
  unsaved: { at: Date } | null;
  speak: Speak;
}

/** The composer: everything that can be chosen, and the preview beside it. */
export function composerPage(composing: Composing) {
  const { stored, answer, campaign, choices, checked, rows, shared, sentVersion, unsaved, speak } = composing;
  const message = stored?.message ?? null;
  const preview = previewView(checked, speak);
  return {
    title: message?.title ?? speak.t('library.new-messages'),
    state: message && stateView(message.state, speak),
    savedAt: message && speak.t('messages.saved-at', { at: speak.dateTime(message.updatedAt) }),
    campaign: { title: campaign.title, path: paths.campaign(campaign._id), id: campaign._id },
    answer: answer && { id: answer._id, path: paths.answer(answer._id) },
    tagSuggestions,
    version: message?.version ?? null,
    changed: message !== null && sentVersion !== undefined && Number(sentVersion) !== message.version,
    current: message === null ? [] : message.variants.map(({ text }) => text),
    isApproved: message?.state === 'approved',
    previewPath: message ? paths.messagePreview(message._id) : paths.newMessagePreview,
    reviewPath: message ? paths.reviewRequest(message._id) : null,
    autosavePath: message ? paths.messageUnsaved(message._id) : paths.newMessageUnsaved,
    unsaved: unsaved && unsavedView(unsaved, { message, campaign }, speak),
    comment: stored?.reviews[0]?.comment ?? '',
    preview,
    shared: shared.map(({ language, isOpen }, index) => ({
      name: `sharedTexts[${index}]`,
      language,
      isOpen,
      label: speak.t('messages.shared-text', { language: speak.languageName(language) }),
      invitation: speak.t('messages.share', { language: speak.languageName(language) }),
    })),
    translations:
      message && translationsView(message, { languages: campaign.brief.languages, mayMark: true, speak }),
    variants: rows.map((row, index) => variantView(row, { index, preview, checked, choices, speak })),
    uploadPath: message ? paths.messageUpload(message._id) : paths.newMessageUpload,
    options: {
      types: optionsOf('message-type', MESSAGE_TYPES, speak),
      tones: optionsOf('tone', [...TONES, ...REFUSED_TONES], speak),
      strategies: optionsOf('strategy', STRATEGIES, speak),
      origins: optionsOf('origin', ORIGINS, speak),
      fields: TEMPLATE_FIELDS.map((field) => ({
        name: `{{${field}}}`,
        words: speak.t(`messages.field-${field}`),
      })),
      networks: networkOptions,
      staffed: ['yes', 'no'].map((value) => ({ value, label: speak.t(`app.${value}`) })),
      narratives: choices.narratives.map(({ _id, claim }) => ({ value: _id, label: claim })),
      segments: choices.segments.map(({ _id, name, tier }) => ({
        value: _id,
        label: `${name} (${speak.label('prevention-tier', tier)})`,
      })),
      messengers: choices.messengers.map(({ _id, name }) => ({ value: _id, label: name })),
      members: choices.members.map(({ _id, name }) => ({ value: _id, label: name })),
    },
  };
}

function unsavedView(
  { at }: { at: Date },
  { message, campaign }: { message: { _id: string } | null; campaign: { _id: string } },
  speak: Speak,
) {
  const composer = message
    ? `${paths.messageEdit(message._id)}?`
    : `${paths.newMessage}?campaign=${campaign._id}&`;
  return {
    text: speak.t('messages.unsaved', { at: speak.dateTime(at) }),
    continuePath: `${composer}unsaved=continued`,
    endPath: message ? paths.messageUnsavedEnd(message._id) : paths.newMessageUnsavedEnd,
    campaign: message ? null : campaign._id,
  };
}

interface Around {
  index: number;
  preview: ReturnType<typeof previewView>;
  checked: CheckedDraft;
  choices: ComposerChoices;
  speak: Speak;
}

/** The fields of one variant: its text with the parts that continue it, its images, and what can be added. */
function variantView(
  { id, network, isArm, parts, images }: ComposerRow,
  { index, preview, checked, choices, speak }: Around,
) {
  const name = `variants[${index}]`;
  const counts = preview.cards[index]?.counts ?? [];
  const card = preview.cards[index]?.card;
  return {
    id,
    isArm,
    name,
    count: counts[0] ?? null,
    title: speak.t('messages.variant', { number: index + 1 }),
    about: card
      ? [card.network, speak.languageName(card.language), card.arm].filter(Boolean).join(' · ')
      : '',
    accounts: { id: `accounts-${index}`, ...accountOptions(network, choices, speak) },
    removeStep: `remove-${index}`,
    addArmStep: `add-arm-${index}`,
    uploadStep: `upload-image-${index}`,
    parts: Array.from({ length: parts }, (_, part) => ({
      name: `${name}.parts[${part}]`,
      number: part + 2,
      title: speak.t('messages.part', { number: part + 2 }),
      count: counts[part + 1] ?? null,
      steps: stepsOf('part', { index, item: part, isFirst: false, isLast: part === parts - 1 }),
    })),
    addPartStep: `add-part-${index}`,
    images: images.map((asset, item) => ({
      ...imageView(checked.cards.assets.get(asset), {
        title: speak.t('assets.image-number', { number: item + 1 }),
        altText: '',
        speak,
      }),
      assetId: asset,
      thumbnail: checked.cards.assets.has(asset) ? paths.assetThumbnail(asset) : null,
      name: `${name}.images[${item}]`,
      steps: stepsOf('image', { index, item, isFirst: item === 0, isLast: item === images.length - 1 }),
    })),
    choices: choices.assets
      .filter(({ _id }) => !images.includes(_id))
      .map(({ _id, altText, quotesExtremists }) => ({
        value: _id,
        id: `choose-${index}-${_id}`,
        thumbnail: quotesExtremists ? null : paths.assetThumbnail(_id),
        altText,
      })),
  };
}

/** The accounts that a text can go out on: those of its network. */
function accountOptions(network: Network, { accounts }: ComposerChoices, speak: Speak) {
  const own = accounts.filter((account) => account.network === network);
  const name = NETWORK_NAMES[network];
  return {
    options: own.map(({ _id, handle }) => ({ value: _id, label: `${name} @${handle}` })),
    hint: own.length > 0 ? null : speak.t('messages.no-account-of-network', { network: name }),
  };
}

interface Spot {
  index: number;
  item: number;
  isFirst: boolean;
  isLast: boolean;
}

/** The buttons beside a part or an image; null where there is no way to go. */
function stepsOf(kind: 'part' | 'image', { index, item, isFirst, isLast }: Spot) {
  return {
    raise: isFirst ? null : `raise-${kind}-${index}-${item}`,
    lower: isLast ? null : `lower-${kind}-${index}-${item}`,
    remove: `remove-${kind}-${index}-${item}`,
  };
}
