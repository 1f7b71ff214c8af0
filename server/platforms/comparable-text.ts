/** A text as it is compared with what a network shows: networks compose letters, trim, and shorten addresses. */
export function comparableText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/https?:\/\//gi, '')
    .replace(/\/(?=\s|$)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
