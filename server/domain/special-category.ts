import { plainLetters, stemPattern } from './word-stems.ts';

const SPECIAL_CATEGORIES = [
  'religion',
  'ethnicity',
  'politics',
  'health',
  'orientation',
  'union-membership',
] as const;
export type SpecialCategory = (typeof SPECIAL_CATEGORIES)[number];

/**
 * Beginnings of words, without accents and in lower case, in the interface's three languages; a trailing `=`
 * means the whole word only. Meant to catch the plain case and to start a conversation, not to be complete.
 */
const STEMS: Readonly<Record<SpecialCategory, string>> = {
  religion: `muslim musulman islam= islamic islami christian chretien catholi protestant= jew= jews= jewish juif juive
    hindu sikh buddh bouddh sunni= sunnis= sunnite shia= shiite chiite salaf mosque mosquee church= churches= eglise
    synagog religio faith= atheis athee convert= converts= convertis
    مسلم اسلام مسيح يهود سني شيع سلفي مسجد مساجد كنيس دين= ديني ديان`,
  ethnicity: `ethni race= racial arab= arabs= arabe= arabes= arabic= kurd= kurds= kurde moroccan marocain algerian
    algerien tunisian tunisien maghreb turkish= turks= turc= turcs= roma= roms= gypsy tsigane afro african= africans=
    africain berber berbere amazigh somali= somalis= somalien chechen tchetchen black-people black-community
    عرب= عربي كرد= كردي اكراد امازيغ افريقي اثني عرقي عرق= غجر`,
  politics: `politic politi left-wing right-wing far-right far-left extreme-droite extreme-gauche socialis conservative= conservatives=
    conservateur communis nationalis liberals= republican democrat= democrats= voter= voters= electeur
    سياس يسار يمين= يميني اشتراكي شيوعي قومي ناخب`,
  health: `health= sante= mental depress anxiety anxiete autis adhd= psychi suicid addict toxicoman disab handicap
    disease maladie patient= patients= hiv= vih= pregnan enceinte therap
    صحه نفسي اكتئاب  انتحار ادمان مدمن معاق اعاقه مرض مريض مرضي`,
  orientation: `gay= gays= lesbian lesbienne bisex homosex heterosex lgbt queer transgender transgenre transsex
    sexual-orientation orientation-sexuelle
    مثلي= مثليه مثليين مثليون متحول-جنسيا ميول-جنسيه`,
  'union-membership': `trade-union union-member union-members syndicat= syndicats= syndicali syndique labor-union labour-union
    نقابه نقابي نقابات`,
};

/** Names of groups are topics of this work, not categories of people. */
const GROUP_NAMES = /islamic state|etat islamique|الدوله الاسلاميه/gu;

const patterns = SPECIAL_CATEGORIES.map((category) => ({ category, pattern: stemPattern(STEMS[category]) }));

/**
 * The special categories that a text speaks of, in English, French or Arabic.
 * Source: GDPR 9(1) and DSA 26(3), as domain rule 1 lists them.
 */
export function specialCategoriesIn(text: string): SpecialCategory[] {
  const plain = plainLetters(text).replace(GROUP_NAMES, ' ');
  return patterns.filter(({ pattern }) => pattern.test(plain)).map(({ category }) => category);
}
