/** What stands where something was taken out; the same in every language. */
const MARKS = { handle: '[handle]', email: '[e-mail]', link: '[link]', number: '[number]' } as const;

const HANDLE = /(?<![\p{L}\p{N}_])[@＠][\p{L}\p{N}_][\p{L}\p{N}_.-]*(?:@[\p{L}\p{N}.-]+)?/gu;
const EMAIL = /(?<![\p{L}\p{N}._%+@＠-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const LINK = /(?:\b[a-z][a-z0-9+.-]*:\/\/|\bwww\.)\S+/giu;
/** An address without its beginning: one with a path, or one that ends as the common ones do. */
const BARE_LINK =
  /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}-]+\.)+(?:[\p{L}]{2,}\/\S*|(?:com|org|net|info|io|me|co|eu|be|fr|de|nl|uk|tv|gg|app|ly)(?![\p{L}\p{N}]))/giu;
/** Seven digits or more, in any script, with what people put between them. Dates go too: better so. */
const NUMBER = /[+＋]?\p{Nd}(?:[\s().\-/\u200e\u200f]*\p{Nd}){6,}/gu;

/**
 * Takes out of a reply what can say who wrote it or whom it names: handles, e-mail and web addresses, telephone
 * numbers (domain rule 6). Names in running text cannot be told from other words and stay.
 */
export function withoutIdentity(text: string): string {
  return text
    .normalize('NFC')
    .replace(LINK, MARKS.link)
    .replace(EMAIL, MARKS.email)
    .replace(HANDLE, MARKS.handle)
    .replace(BARE_LINK, MARKS.link)
    .replace(NUMBER, MARKS.number);
}
