import type { Message } from '../../domain/message.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import type { Check } from '../../domain/readiness.ts';
import { languagesNamed } from '../../domain/translation.ts';
import type { DraftPage } from '../../queries/composer.ts';
import type { CheckedDraft } from '../../queries/draft-checks.ts';
import type { ListedMessage } from '../../queries/messages.ts';
import { translationsIn } from '../../queries/translations.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { type ListRow, tagsView } from './library.ts';
import { attachedWords, countView, postCard } from './post-card.ts';
import { sourcesView } from './sources.ts';
import { openTranslations, translationsView } from './translations.ts';

const STATE_KINDS = {
  draft: 'quiet',
  'in-review': 'wait',
  returned: 'look',
  rejected: 'bad',
  approved: 'good',
} as const;
export const stateView = (state: Message['state'], speak: Speak) => ({
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
      ...(message.tags ?? []),
      openTranslations(translations, speak),
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

const CHECK_KINDS = { fine: 'good', attention: 'look', stop: 'bad' } as const;
/** What nobody wrote or chose yet is no fault: a message that was just begun is not scolded. */
const OPEN_RULES = [
  'variant-needed',
  'text-needed',
  'account-needed',
  'arm-needed',
  'segment-needed',
  'messenger-needed',
  'tone-needed',
  'human-editor-needed',
  'call-to-action-needed',
  'service-needed',
  'staffing-needed',
];

/** What is wrong or asks for a look, what is still open, and what is in order. */
function checksView(checks: readonly Check[], speak: Speak) {
  const isOpen = ({ rule, outcome }: Check) => outcome === 'stop' && OPEN_RULES.includes(rule);
  const view = ({ rule, outcome, values }: Check) => {
    const key = outcome === 'stop' ? `rules.${rule}` : `messages.check-${rule}-${outcome}`;
    return { kind: CHECK_KINDS[outcome], text: speak.t(key, values) };
  };
  return {
    stops: checks.filter((check) => check.outcome !== 'fine' && !isOpen(check)).map(view),
    needed: checks.filter(isOpen).map((check) => ({ ...view(check), kind: 'quiet' })),
    fine: checks.filter(({ outcome }) => outcome === 'fine').map(view),
  };
}

/** Of the count beside the field of a text; the parts of a thread are numbered from 1 on. */
const countIdOf = (variant: number, part: number) => `count-${variant}${part > 0 ? `-${part}` : ''}`;

const cardIdOf = (variant: number) => `preview-${variant}`;

/** Links to the cards, language by language; none while there is one card. */
function jumpsOf({ variants }: CheckedDraft, speak: Speak) {
  if (variants.length < 2) return [];
  const cards = variants.map(({ variant: { network, language, arm } }, index) => ({
    id: cardIdOf(index),
    language,
    network: NETWORK_NAMES[network],
    arm: arm ?? null,
    number: index + 1,
  }));
  return [...new Set(cards.map(({ language }) => language))].map((language) => ({
    language: speak.languageName(language),
    cards: cards.filter((card) => card.language === language),
  }));
}

/** How the networks show the texts, how they count them, and what review would say. */
export function previewView(draft: CheckedDraft, speak: Speak) {
  const cost = draft.variants.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  return {
    cards: draft.variants.map(({ variant, account, counts, checks }, index) => ({
      card: { ...postCard(variant, account, { facts: draft.cards, speak }), id: cardIdOf(index) },
      counts: counts.map((count, part) => ({ id: countIdOf(index, part), text: countView(count, speak) })),
      checks: checksView(checks, speak),
    })),
    jumps: jumpsOf(draft, speak),
    checks: checksView(draft.checks, speak),
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
    tags: tagsView(message.tags, paths.messages),
    sources: sourcesView(message, speak),
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
