import { STRATEGIES, TONES } from '../../server/domain/message.ts';
import { APPEALS } from '../../server/domain/narrative.ts';
import { Answers, answerWithDerived } from '../../server/models/answer.ts';
import { newId } from '../../server/models/document.ts';
import { Narratives, narrativeWithDerived } from '../../server/models/narrative.ts';

type Language = 'en' | 'fr' | 'ar';

/** Pieces of plain sentences; which are put together follows from a number alone. */
const PIECES: Record<Language, readonly (readonly string[])[]> = {
  en: [
    [
      'My brother',
      'A mother',
      'Our neighbour',
      'The teacher',
      'A friend',
      'Her cousin',
      'The coach',
      'A doctor',
    ],
    [
      'was promised',
      'asked about',
      'remembers',
      'lost',
      'wrote about',
      'left behind',
      'paid for',
      'spoke of',
    ],
    [
      'a holiday',
      'the family',
      'an honest answer',
      'the road home',
      'a job in town',
      'the helpline',
      'the border',
      'a wedding',
    ],
    [
      'and came home',
      'and nobody answered',
      'after the winter',
      'before the exams',
      'without a word',
      'in Raqqa',
      'by the river',
      'for the children',
    ],
  ],
  fr: [
    [
      'Mon frère',
      'Une mère',
      'Notre voisin',
      'L’éducatrice',
      'Un ami',
      'Sa cousine',
      'L’entraîneur',
      'Un médecin',
    ],
    ['attendait', 'demandait', 'se rappelle', 'a perdu', 'écrivait sur', 'a quitté', 'a payé', 'parlait de'],
    [
      'des vacances',
      'la famille',
      'une réponse honnête',
      'le chemin du retour',
      'un métier',
      'la ligne d’écoute',
      'la frontière',
      'un mariage',
    ],
    [
      'et il est rentré',
      'et personne n’a répondu',
      'après l’hiver',
      'avant les examens',
      'sans un mot',
      'à Raqqa',
      'près du fleuve',
      'pour les enfants',
    ],
  ],
  ar: [
    ['أخي', 'أمٌّ', 'جارنا', 'المعلمة', 'صديق', 'ابنة عمها', 'المدرّب', 'طبيب'],
    ['انتظر', 'سأل عن', 'يتذكر', 'فقد', 'كتب عن', 'ترك', 'دفع ثمن', 'تحدث عن'],
    ['عطلة', 'الأُسرة', 'جوابًا صادقًا', 'طريق العودة', 'عمل في المدينة', 'خط المساعدة', 'الحدود', 'عرس'],
    [
      'وعاد إلى البيت',
      'ولم يجبه أحد',
      'بعد الشتاء',
      'قبل الامتحانات',
      'بلا كلمة',
      'في الرقة',
      'قرب النهر',
      'من أجل الأطفال',
    ],
  ],
};
const LANGUAGES = ['en', 'fr', 'ar'] as const;
const BATCH = 1_000;

/** Two sentences that no other number gives in this language. */
export function shelfText(number: number, language: Language): string {
  const sentence = (seed: number) =>
    PIECES[language].map((pieces, place) => pieces[Math.floor(seed / 8 ** place) % pieces.length]).join(' ');
  return `${sentence(number)}. ${sentence((number * 2_654_435_761) % 4_096)}. ${rareWord(number)}`;
}

/** A word of its own for every number, so that a search can ask for exactly one entry. */
export const rareWord = (number: number) => `mark${number.toString(36)}x`;

export interface Shelf {
  answers: number;
  narratives?: number;
}

/** Fills the library with entries in English, French and Arabic; the same numbers give the same entries. */
export async function fillShelf({ answers, narratives = 0 }: Shelf): Promise<void> {
  const createdBy = newId();
  const at = (number: number) => new Date(Date.UTC(2014, 0, 1) + number * 60_000);
  await inBatches(narratives, async (numbers) => {
    const documents = numbers.map((number) =>
      narrativeWithDerived({
        claim: `They say: ${shelfText(number, LANGUAGES[number % 3] ?? 'en')}`,
        appeals: [APPEALS[number % APPEALS.length] ?? 'moral'],
        circulation: 'Public posts',
        severity: 1 + (number % 5),
        grievance: 'Feeling unwanted',
        targets: [number % 2 === 0 ? 'migrants' : 'women'],
        tags: [],
        createdBy,
        isDemo: false,
        createdAt: at(number),
      }),
    );
    await Narratives.insertMany(documents);
  });
  await inBatches(answers, async (numbers) => {
    const documents = numbers.map((number) =>
      answerWithDerived({
        text: shelfText(number, LANGUAGES[number % 3] ?? 'en'),
        language: LANGUAGES[number % 3] ?? 'en',
        narrative: null,
        strategies: [STRATEGIES[number % STRATEGIES.length] ?? 'facts'],
        tone: TONES[number % TONES.length] ?? null,
        standing: number % 10 === 9 ? ('refused' as const) : ('usable' as const),
        source: { collection: 'Shelf', key: String(number), knowledge: '' },
        said: null,
        tags: number % 4 === 0 ? ['family'] : ['C00125'],
        createdBy,
        isDemo: false,
        createdAt: at(number),
      }),
    );
    await Answers.insertMany(documents);
  });
}

async function inBatches(count: number, insert: (numbers: number[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    await insert(Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => from + index));
  }
}
