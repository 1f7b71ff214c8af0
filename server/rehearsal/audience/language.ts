export type AudienceLanguage = 'en' | 'fr' | 'ar';

const frenchWords = new Set(
  'le la les un une des du de et est vous nous il elle je tu ne pas que qui dans pour sur avec mon ma mes votre vos notre nos ce cette son sa ses au aux mais où comme plus très être avoir'.split(
    ' ',
  ),
);
const englishWords = new Set(
  'the a an and is are you we he she i my your our not that who in for on with this his her to of but where how what do can have it be they from'.split(
    ' ',
  ),
);

/** The language of a text as a BCP 47 tag; 'und' when it cannot be told. Knows only the audience's languages. */
export function detectLanguage(text: string): AudienceLanguage | 'und' {
  const words = text
    .replace(/https?:\/\/\S+|[@#]\S+/gu, ' ')
    .toLowerCase()
    .match(/\p{L}+/gu);
  if (!words) return 'und';
  const arabic = words.filter((word) => /\p{Script=Arabic}/u.test(word)).length;
  if (arabic * 2 > words.length) return 'ar';
  if (!words.some((word) => /\p{Script=Latin}/u.test(word))) return 'und';
  const french = words.filter((word) => frenchWords.has(word) || /[éèêàçùœ]/u.test(word)).length;
  const english = words.filter((word) => englishWords.has(word)).length;
  return french > english ? 'fr' : 'en';
}
