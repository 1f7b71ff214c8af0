const CONAN_ID = /^(EN|FR|IT)(T\d)(ST\d+)(HS\d+)(CN\d+)(P1|P2|T1)?$/;

export interface ConanId {
  /** BCP 47 tag of the text. */
  language: string;
  /** What the text is made from; null for one that somebody wrote. */
  made: 'paraphrase' | 'translation' | null;
}

/**
 * What a key of CONAN says: the language in which the pair was written, and whether this one is a paraphrase (P1, P2)
 * or a translation (T1). French and Italian pairs were translated into English, so a translation is English whatever
 * its key begins with. Null when the text is no such key. Source: Chung et al. 2019, which made CONAN.
 */
export function readConanId(key: string): ConanId | null {
  const [, written, , , , , suffix] = CONAN_ID.exec(key) ?? [];
  if (!written) return null;
  if (suffix === 'T1') return { language: 'en', made: 'translation' };
  return { language: written.toLowerCase(), made: suffix ? 'paraphrase' : null };
}
