import { fraction, pick } from '../random.ts';
import type { AudienceLanguage } from './language.ts';

/** A fictional member of the audience. Handles name things, never people. */
export interface Person {
  id: string;
  username: string;
  name: string;
}

const things = [
  'lantern',
  'kettle',
  'bridge',
  'orchard',
  'harbour',
  'stairs',
  'tram',
  'window',
  'ferry',
  'cedar',
];

const names: Record<AudienceLanguage, readonly string[]> = {
  en: [
    ...['Rain on Tin', 'Tea Before Nine', 'Third Floor Left', 'Late Bus', 'Two Left Shoes', 'Sunday Bread'],
    ...[
      'North Window',
      'Half Past Six',
      'Borrowed Umbrella',
      'Small Hours',
      'Corner Seat',
      'Blue Enamel Mug',
    ],
  ],
  fr: [
    ...['Pluie fine', 'Café du coin', 'Troisième étage', 'Dernier tram', 'Pain du dimanche', 'Vent du nord'],
    ...[
      'Deux chaises',
      'Fenêtre ouverte',
      'Carnet vert',
      'Sept heures moins dix',
      'Vieux vélo',
      'Soupe chaude',
    ],
  ],
  ar: [
    ...['مطر خفيف', 'شاي الصباح', 'نافذة مفتوحة', 'خبز الجمعة', 'آخر قطار', 'ظل الزيتون'],
    ...['كرسيان', 'دفتر أخضر', 'بعد العصر', 'درج البيت', 'ريح الشمال', 'فنجان قهوة'],
  ],
};

const PEOPLE = 600;
const firstNumbers: Record<AudienceLanguage, number> = { en: 1000, fr: 2000, ar: 3000 };

/** One of some hundred people who use this language, the same one for the same parts. */
export function personOf(language: AudienceLanguage, ...parts: readonly (string | number)[]): Person {
  const number = firstNumbers[language] + Math.floor(fraction('person', ...parts) * PEOPLE);
  return {
    id: String(1_100_000_000_000_000_000n + BigInt(Math.floor(fraction('id', number) * 1e15))),
    username: `${pick(things, 'thing', number)}_${number}`,
    name: pick(names[language], 'name', number),
  };
}
