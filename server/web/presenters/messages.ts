import { MESSAGE_TYPES, type Message, ORIGINS, STRATEGIES, TONES } from '../../domain/message.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import type { Check } from '../../domain/readiness.ts';
import { TEMPLATE_FIELDS } from '../../domain/template.ts';
import { REFUSED_TONES } from '../../domain/tone.ts';
import { languagesNamed } from '../../domain/translation.ts';
import type { ComposerChoices, DraftPage } from '../../queries/composer.ts';
import type { CheckedDraft } from '../../queries/draft-checks.ts';
import type { ListedMessage } from '../../queries/messages.ts';
import { translationsIn } from '../../queries/translations.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { type ListRow, networkOptions, optionsOf } from './library.ts';
import { attachedWords, countView, postCard } from './post-card.ts';
import { openTranslations, translationsView } from './translations.ts';

const STATE_KINDS = {
  draft: 'quiet',
  'in-review': 'wait',
  returned: 'look',
  rejected: 'bad',
  approved: 'good',
} as const;
const stateView = (state: Message['state'], speak: Speak) => ({
  kind: STATE_KINDS[state],
  text: speak.label('message-state', state),
});

export function messageRow({ message, campaignTitle, languages }: ListedMessage, speak: Speak): ListRow {
  const translations = translationsIn(message, languagesNamed(languages));
  const variants = message.variants.map((variant) =>
    [NETWORK_NAMES[variant.network], variant.language, attachedWords(variant, speak)]
      .filter(Boolean)
      .join(' '),
  );
  return {
    path: paths.message(message._id),
    title: message.title,
    isVeiled: false,
    state: stateView(message.state, speak),
    about: [
      campaignTitle,
      speak.label('message-type', message.type),
      ...variants,
      openTranslations(translations, speak),
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

const CHECK_KINDS = { fine: 'good', attention: 'look', stop: 'bad' } as const;

function checkView({ rule, outcome, values }: Check, speak: Speak) {
  const key = outcome === 'stop' ? `rules.${rule}` : `messages.check-${rule}-${outcome}`;
  return { kind: CHECK_KINDS[outcome], text: speak.t(key, values) };
}

/** Of the count beside the field of a text; the parts of a thread are numbered from 1 on. */
const countIdOf = (variant: number, part: number) => `count-${variant}${part > 0 ? `-${part}` : ''}`;

/** How the networks show the texts, how they count them, and what review would say. */
export function previewView(draft: CheckedDraft, speak: Speak) {
  const cost = draft.variants.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  return {
    cards: draft.variants.map(({ variant, account, counts, checks }, index) => ({
      card: postCard(variant, account, { facts: draft.cards, speak }),
      counts: counts.map((count, part) => ({ id: countIdOf(index, part), text: countView(count, speak) })),
      checks: checks.map((check) => checkView(check, speak)),
    })),
    checks: draft.checks.map((check) => checkView(check, speak)),
    cost: cost > 0 ? speak.t('messages.cost', { cost: speak.number(cost, 3) }) : null,
  };
}

/** One message as it is read. */
export function messagePage(
  { message, campaign, reviews, names }: DraftPage,
  draft: CheckedDraft,
  { mayEdit, mayComment, speak }: { mayEdit: boolean; mayComment: boolean; speak: Speak },
) {
  const { _id, title, state } = message;
  const isEditable = state !== 'in-review' && state !== 'rejected' && campaign.state !== 'closed';
  return {
    title,
    state: stateView(state, speak),
    campaign: { title: campaign.title, path: paths.campaign(campaign._id) },
    preview: previewView(draft, speak),
    translations: translationsView(message, { languages: campaign.brief.languages, mayMark: mayEdit, speak }),
    reviews: reviews.map(({ comment, decision, reviewer, createdAt }) => ({
      text: speak.t('messages.decided', {
        name: names.get(reviewer) ?? '',
        decision: speak.label('decision', decision),
        at: speak.dateTime(createdAt),
      }),
      comment,
    })),
    editPath: mayEdit && isEditable ? paths.messageEdit(_id) : null,
    withdrawPath: mayEdit && state === 'in-review' ? paths.reviewRequestEnd(_id) : null,
    versionsPath: paths.messageVersions(_id),
    commentsPath: mayComment ? paths.messageComments(_id) : null,
    reviewPath: paths.review(_id),
    placePath: state === 'approved' ? `${paths.newPost}?message=${_id}` : null,
  };
}

interface Composing {
  /** null: not saved yet. */
  stored: DraftPage | null;
  campaign: DraftPage['campaign'];
  choices: ComposerChoices;
  checked: CheckedDraft;
  /** Ids of the variants that the form holds; empty while one was never saved. */
  variants: string[];
  /** Languages for which a text can be shared, in the order of the form. */
  shared: string[];
  sentVersion: string | undefined;
  /** When the reader typed something that was kept and not saved; null: nothing is kept. */
  unsaved: { at: Date } | null;
  speak: Speak;
}

function unsavedView(
  { at }: { at: Date },
  { message, campaign }: { message: Pick<Message, '_id'> | null; campaign: { _id: string } },
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

/** The composer: everything that can be chosen, and the preview beside it. */
export function composerPage({
  stored,
  campaign,
  choices,
  checked,
  variants,
  shared,
  sentVersion,
  unsaved,
  speak,
}: Composing) {
  const message = stored?.message ?? null;
  const preview = previewView(checked, speak);
  return {
    title: message?.title ?? speak.t('library.new-messages'),
    state: message && stateView(message.state, speak),
    savedAt: message && speak.t('messages.saved-at', { at: speak.dateTime(message.updatedAt) }),
    campaign: { title: campaign.title, path: paths.campaign(campaign._id), id: campaign._id },
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
    shared: shared.map((language, index) => ({
      name: `sharedTexts[${index}]`,
      language,
      label: speak.t('messages.shared-text', { language: speak.languageName(language) }),
    })),
    translations:
      message && translationsView(message, { languages: campaign.brief.languages, mayMark: true, speak }),
    variants: variants.map((id, index) => ({
      id,
      name: `variants[${index}]`,
      counts: preview.cards[index]?.counts ?? [],
      title: speak.t('messages.variant', { number: index + 1 }),
      removeStep: `remove-${index}`,
    })),
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
      accounts: choices.accounts.map(({ _id, network, handle }) => ({
        value: _id,
        label: `${NETWORK_NAMES[network]} @${handle}`,
      })),
      members: choices.members.map(({ _id, name }) => ({ value: _id, label: name })),
    },
  };
}
