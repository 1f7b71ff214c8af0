import type { AnswerInput } from '../../../server/actions/add-answer.ts';
import type { DemoAnswer } from './answers.ts';

export type StartingPoint = Pick<
  AnswerInput,
  'text' | 'language' | 'strategies' | 'tone' | 'standing' | 'refusal' | 'tags'
> & {
  narrative: DemoAnswer['narrative'];
  /** What it rests on; empty for a text that rests on experience. */
  knowledge: string;
};

const usable = { standing: 'usable', refusal: null } as const;
const interviews = 'Interviews with families of those who left (fictional)';

/** What the fictional team collected from earlier conversations, good answers and two that went wrong. */
export const STARTING_POINTS: readonly StartingPoint[] = [
  {
    ...usable,
    narrative: 'duty',
    text: 'You want to help, and that is to your honour. Ask who decides what happens to you on the first day: those who came back say it was never them.',
    language: 'en',
    strategies: ['question', 'warning-of-consequences'],
    tone: 'empathic',
    tags: ['returnees', 'C00109'],
    knowledge: interviews,
  },
  {
    ...usable,
    narrative: 'duty',
    text: 'Aider la Syrie, on peut le faire d’ici : collecte de médicaments, parrainage, cours de français pour ceux qui arrivent. Ceux qui partent ne soignent personne.',
    language: 'fr',
    strategies: ['facts', 'positive-tone'],
    tone: 'factual',
    tags: ['help from here', 'C00080'],
    knowledge: '',
  },
  {
    ...usable,
    narrative: 'duty',
    text: 'من يحمل همّ أهل سوريا يستطيع أن يساعدهم وهو بيننا: دواء وكفالة وتعليم. لا أحد هناك ينتظر شابًا بلا تدريب.',
    language: 'ar',
    strategies: ['facts'],
    tone: 'empathic',
    tags: ['help from here'],
    knowledge: '',
  },
  {
    ...usable,
    narrative: 'pride',
    text: 'Nobody asked the mothers of Verviers whether they are proud. They ask every night whether the telephone will ring.',
    language: 'en',
    strategies: ['affiliation'],
    tone: 'testimonial',
    tags: ['family', 'C00200'],
    knowledge: interviews,
  },
  {
    ...usable,
    narrative: 'pride',
    text: 'On te promet que ta famille sera fière. Demande à une seule mère : elle mettrait la table pour toi ce soir.',
    language: 'fr',
    strategies: ['affiliation', 'question'],
    tone: 'empathic',
    tags: ['family'],
    knowledge: interviews,
  },
  {
    ...usable,
    narrative: 'pride',
    text: 'قالوا لك إن أهلك سيفخرون بك إلى الأبد. اسأل أمك الليلة ماذا تريد: تريدك حيًّا على مائدتها.',
    language: 'ar',
    strategies: ['affiliation'],
    tone: 'empathic',
    tags: ['family'],
    knowledge: '',
  },
  {
    ...usable,
    narrative: 'adventure',
    text: 'An adventure has a way back. This one begins with somebody who keeps your passport.',
    language: 'en',
    strategies: ['warning-of-consequences'],
    tone: 'factual',
    tags: ['returnees', 'C00125'],
    knowledge: interviews,
  },
  {
    ...usable,
    narrative: 'adventure',
    text: 'Les vidéos montrent la piscine. Elles ne montrent ni la garde de nuit, ni la faim, ni celui qui a demandé à rentrer.',
    language: 'fr',
    strategies: ['hypocrisy', 'facts'],
    tone: 'factual',
    tags: ['returnees', 'C00125'],
    knowledge: interviews,
  },
  {
    ...usable,
    narrative: 'adventure',
    text: 'Holiday review: no way out, no water, and the organiser left on the second day. One star.',
    language: 'en',
    strategies: ['humour'],
    tone: 'satirical',
    tags: ['C00211'],
    knowledge: '',
  },
  {
    ...usable,
    narrative: 'belonging',
    text: 'It is true that the door of the club stayed shut. It is not true that nobody wants you here: the same week forty people came to the neighbourhood kitchen, and your chair is free.',
    language: 'en',
    strategies: ['positive-tone', 'facts'],
    tone: 'empathic',
    tags: ['discrimination', 'C00042'],
    knowledge: 'Programme of the neighbourhood kitchen (fictional)',
  },
  {
    narrative: 'belonging',
    text: 'Whoever believes that is too stupid to be helped.',
    language: 'en',
    strategies: [],
    tone: null,
    standing: 'refused',
    refusal: 'hostile',
    tags: ['learnt from'],
    knowledge: '',
  },
  {
    narrative: 'duty',
    text: 'Tes parents devraient avoir honte de t’avoir élevé ainsi.',
    language: 'fr',
    strategies: [],
    tone: null,
    standing: 'refused',
    refusal: 'shaming',
    tags: ['learnt from'],
    knowledge: '',
  },
];
