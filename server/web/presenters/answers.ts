import type { Answer } from '../../domain/answer.ts';
import type { AnswerPage } from '../../queries/answers.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { answerStanding, excerpt, factsOf, type ListRow, linked, tagsView } from './library.ts';

/** A row per answer; a refused one is veiled. */
export function answerRow(answer: Answer, speak: Speak): ListRow {
  const { _id, text, language, standing, strategies, tone, source, tags } = answer;
  const words = [
    language,
    ...strategies.map((strategy) => speak.label('strategy', strategy)),
    tone ? speak.label('tone', tone) : '',
    source.collection,
    ...tags,
  ];
  return {
    path: paths.answer(_id),
    title: excerpt(text),
    isVeiled: standing === 'refused',
    veil: speak.t('answers.open-refused'),
    state: answerStanding(standing, speak),
    about: [...new Set(words)].filter(Boolean).join(' · '),
  };
}

/** One answer; a refused one is veiled and cannot be begun from. */
export function answerPage(
  { answer, narrative, messages, alike }: AnswerPage,
  { mayEdit, mayDraft, speak }: { mayEdit: boolean; mayDraft: boolean; speak: Speak },
) {
  const { _id, text, language, strategies, tone, standing, refusal, source, said } = answer;
  const isUsable = standing === 'usable';
  return {
    title: speak.t('answers.one'),
    text,
    language,
    isVeiled: !isUsable,
    state: answerStanding(standing, speak),
    refusal: isUsable ? null : refusalView(refusal, speak),
    narrative: narrative && { path: paths.narrative(narrative._id), claim: narrative.claim },
    facts: factsOf([
      [speak.t('messages.language'), language],
      [
        speak.t('messages.strategies'),
        speak.list(strategies.map((strategy) => speak.label('strategy', strategy))),
      ],
      [speak.t('messages.tone'), tone && speak.label('tone', tone)],
      [speak.t('answers.collection'), source.collection],
      [speak.t('answers.key'), source.key],
      [speak.t('answers.knowledge'), source.knowledge],
      [
        speak.t('answers.said'),
        said && speak.t('answers.said-in', { dialogue: said.dialogue, turn: said.turn + 1 }),
      ],
    ]),
    tags: tagsView(answer.tags, paths.answers),
    links: linked(messages),
    duplicates:
      alike > 0
        ? { path: `${paths.duplicates}?noun=answer`, text: speak.t('duplicates.some', { count: alike }) }
        : null,
    startPath: isUsable && mayDraft ? `${paths.newMessage}?answer=${_id}` : null,
    editPath: mayEdit ? paths.answerEdit(_id) : null,
  };
}

function refusalView(refusal: Answer['refusal'], speak: Speak) {
  const reason = refusal ? speak.label('answer-refusal', refusal) : speak.t('answers.refused-by-collection');
  return speak.t('answers.refused-because', { reason });
}
