import type { Answer } from '../../domain/answer.ts';
import { MESSAGE_TYPES, type Message, ORIGINS, STRATEGIES, TONES } from '../../domain/message.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import type { Check } from '../../domain/readiness.ts';
import type { VariantCount } from '../../domain/variant-checks.ts';
import type { ComposerChoices, DraftPage } from '../../queries/composer.ts';
import type { CheckedDraft } from '../../queries/draft-checks.ts';
import type { ListedMessage } from '../../queries/messages.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { type ListRow, networkOptions, optionsOf, tagSuggestions, tagsView } from './library.ts';
import { postCard } from './post-card.ts';

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

export function messageRow({ message, campaignTitle }: ListedMessage, speak: Speak): ListRow {
  const variants = message.variants.map(({ network, language }) => `${NETWORK_NAMES[network]} ${language}`);
  return {
    path: paths.message(message._id),
    title: message.title,
    isVeiled: false,
    state: stateView(message.state, speak),
    about: [campaignTitle, speak.label('message-type', message.type), ...variants, ...(message.tags ?? [])]
      .filter(Boolean)
      .join(' · '),
  };
}

const CHECK_KINDS = { fine: 'good', attention: 'look', stop: 'bad' } as const;

function checkView({ rule, outcome, values }: Check, speak: Speak) {
  const key = outcome === 'stop' ? `rules.${rule}` : `messages.check-${rule}-${outcome}`;
  return { kind: CHECK_KINDS[outcome], text: speak.t(key, values) };
}

/** Bytes are a matter for experts until a text comes near their limit. */
const BYTES_SHOWN_FROM = 0.8;

function countView({ length, limit, bytes }: VariantCount, speak: Speak): string {
  const counted = `${length}/${limit}`;
  if (!bytes || bytes.length < bytes.limit * BYTES_SHOWN_FROM) return counted;
  return `${counted} · ${speak.t('messages.bytes', { length: bytes.length, limit: bytes.limit })}`;
}

/** How the networks show the texts, how they count them, and what review would say. */
export function previewView(draft: CheckedDraft, speak: Speak) {
  const cost = draft.variants.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  return {
    cards: draft.variants.map(({ variant, account, count, checks }, index) => ({
      card: postCard(variant, account, speak),
      countId: `count-${index}`,
      count: count ? countView(count, speak) : '',
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
  { mayEdit, speak }: { mayEdit: boolean; speak: Speak },
) {
  const { _id, title, state } = message;
  const isEditable = state !== 'in-review' && state !== 'rejected' && campaign.state !== 'closed';
  return {
    title,
    state: stateView(state, speak),
    campaign: { title: campaign.title, path: paths.campaign(campaign._id) },
    preview: previewView(draft, speak),
    tags: tagsView(message.tags, paths.messages),
    sources: (message.sources ?? []).map(({ answer, text }) => ({
      path: answer && paths.answer(answer),
      text: answer ? speak.t('messages.from-answer') : text,
    })),
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
    reviewPath: paths.review(_id),
    placePath: state === 'approved' ? `${paths.newPost}?message=${_id}` : null,
  };
}

interface Composing {
  /** null: not saved yet. */
  stored: DraftPage | null;
  /** The answer that a new message begins from. */
  answer: Pick<Answer, '_id' | 'text'> | null;
  campaign: DraftPage['campaign'];
  choices: ComposerChoices;
  checked: CheckedDraft;
  /** Ids of the variants that the form holds; empty while one was never saved. */
  variants: string[];
  sentVersion: string | undefined;
  speak: Speak;
}

/** The composer: everything that can be chosen, and the preview beside it. */
export function composerPage({
  stored,
  answer,
  campaign,
  choices,
  checked,
  variants,
  sentVersion,
  speak,
}: Composing) {
  const message = stored?.message ?? null;
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
    comment: stored?.reviews[0]?.comment ?? '',
    preview: previewView(checked, speak),
    variants: variants.map((id, index) => ({
      id,
      name: `variants[${index}]`,
      countId: `count-${index}`,
      count: previewView(checked, speak).cards[index]?.count ?? '',
      title: speak.t('messages.variant', { number: index + 1 }),
      removeStep: `remove-${index}`,
    })),
    options: {
      types: optionsOf('message-type', MESSAGE_TYPES, speak),
      tones: optionsOf('tone', TONES, speak),
      strategies: optionsOf('strategy', STRATEGIES, speak),
      origins: optionsOf('origin', ORIGINS, speak),
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
