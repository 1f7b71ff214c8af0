import type { MessageContent } from './message.ts';
import type { Check } from './readiness.ts';
import { plainLetters, stemPattern } from './word-stems.ts';

/**
 * Words that insult people, or call them less than people, in the interface's three languages. A quotation or a
 * testimony may need one, so a word asks for a look and never stops a text; the reviewer confirms that nobody is shamed.
 */
const INSULTS = stemPattern(`
  idiot= idiots= moron= morons= imbecile stupid= coward= cowards= scum= vermin= rats= cockroach parasite parasites=
  subhuman savages= barbarians= monsters= filth= filthy= disgusting shame-on-you you-should-be-ashamed losers= brainwashed
  imbeciles= abruti cretin debile= debiles= lache= laches= racaille vermine cafard sous-homme sauvages= barbares=
  monstres= ordure honte-a-vous vous-devriez-avoir-honte degoutant
  غبي= اغبياء= احمق= حمقي= جبان= جبناء= حثاله قذر= قذاره حشرات= جرذان= صراصير وحوش= همج= متوحشين= عار-عليكم عيب-عليكم خنازير= كلاب=
`);

/** The first insult in a text, as it is written there in plain letters; null when there is none. */
export function insultIn(text: string): string | null {
  return INSULTS.exec(plainLetters(text))?.[0].trim() ?? null;
}

/** Asks for a look at every text in which an insult stands (domain: hostile and shaming are refused). */
export function wordingChecks({ variants }: Pick<MessageContent, 'variants'>): Check[] {
  return variants.flatMap(({ _id, text, parts = [] }): Check[] => {
    const word = insultIn([text, ...parts].join('\n'));
    return word ? [{ rule: 'hostile-wording', outcome: 'attention', variant: _id, values: { word } }] : [];
  });
}
