import type { Message } from '../../domain/message.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import {
  languagesNamed,
  originalLanguageOf,
  type Translation,
  type TranslationState,
} from '../../domain/translation.ts';
import { translationsIn } from '../../queries/translations.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { armWords } from './post-card.ts';

const STATE_KINDS = {
  original: 'quiet',
  missing: 'look',
  draft: 'wait',
  outdated: 'look',
  done: 'good',
} as const satisfies Record<TranslationState, string>;

type Translated = Pick<Message, '_id' | 'variants' | 'originalLanguage'>;

interface Showing {
  /** What the brief says about languages. */
  languages: string;
  mayMark: boolean;
  speak: Speak;
}

/** A small table of a message's languages, network by network; null where everything speaks one language. */
export function translationsView(message: Translated, { languages, mayMark, speak }: Showing) {
  const translations = translationsIn(message, languagesNamed(languages));
  if (translations.every(({ state }) => state === 'original')) return null;
  const original = originalLanguageOf(message);
  return {
    original: original && speak.t('messages.original-is', { language: speak.languageName(original) }),
    open: openTranslations(translations, speak),
    rows: translations.map(({ network, language, arm, variant, state }) => ({
      network: NETWORK_NAMES[network],
      tag: language,
      language: speak.languageName(language),
      arm: armWords({ arm }, speak),
      state: { kind: STATE_KINDS[state], text: speak.t(`messages.translation-${state}`) },
      ...(mayMark && variant && (state === 'draft' || state === 'outdated')
        ? {
            markPath: paths.messageTranslation(message._id, variant),
            step: `translated-${message.variants.findIndex(({ _id }) => _id === variant)}`,
          }
        : {}),
    })),
  };
}

/** What is not done yet, in one sentence; null when all of it is. */
export function openTranslations(translations: readonly Translation[], speak: Speak): string | null {
  const count = (wanted: TranslationState) => translations.filter(({ state }) => state === wanted).length;
  const [missing, draft, outdated] = [count('missing'), count('draft'), count('outdated')];
  if (missing + draft + outdated === 0) return null;
  const parts = Object.entries({ missing, draft, outdated }).filter(([, number]) => number > 0);
  return speak.t('messages.translations-open', {
    what: speak.list(
      parts.map(([state, number]) => speak.t(`messages.translations-${state}`, { count: number })),
    ),
  });
}
