import type { DuplicateGroup } from '../../queries/duplicate-groups.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

export const NOUNS = ['answer', 'narrative'] as const;
type Noun = (typeof NOUNS)[number];

const SHELVES = {
  answer: { tab: 'answers', page: paths.answer, merger: paths.answerMerger },
  narrative: { tab: 'narratives', page: paths.narrative, merger: paths.narrativeMerger },
} as const;

/** Groups of entries that say substantially the same, and what can be done about each. */
export function duplicatesPage(
  noun: Noun,
  groups: readonly DuplicateGroup[],
  { mayEdit, speak }: { mayEdit: boolean; speak: Speak },
) {
  const { page, merger } = SHELVES[noun];
  return {
    title: speak.t('duplicates.title'),
    noun,
    tabs: NOUNS.map((one) => ({
      label: speak.t(`library.tab-${SHELVES[one].tab}`),
      path: `${paths.duplicates}?noun=${one}`,
      isHere: one === noun,
    })),
    listPath: paths[SHELVES[noun].tab],
    keepingPath: paths.duplicatesKeeping,
    mayEdit,
    groups: groups.map(({ entries, pairs, similarity }, index) => ({
      title: speak.t('duplicates.group', {
        number: index + 1,
        count: entries.length,
        share: speak.percent(similarity, 0),
      }),
      pairs,
      entries: entries.map(({ _id, text, language, isHarmful }) => ({
        text,
        language,
        isVeiled: isHarmful,
        veil: speak.t(noun === 'narrative' ? 'narratives.open' : 'answers.open-refused'),
        path: page(_id),
        mergerPath: merger(_id),
        others: entries.filter((other) => other._id !== _id).map((other) => other._id),
      })),
    })),
  };
}

/** What somebody has to see before narratives merge whose answers differ in standing; null when none do. */
export function twinsPanel(
  twins: readonly { _id: string; text: string }[],
  { into, others, speak }: { into: string; others: readonly string[]; speak: Speak },
) {
  if (twins.length === 0) return null;
  return {
    title: speak.t('duplicates.twins', { count: twins.length }),
    veil: speak.t('answers.open-refused'),
    answers: twins.map(({ _id, text }) => ({ text, path: paths.answer(_id) })),
    mergerPath: paths.narrativeMerger(into),
    others,
  };
}
