import { comparableText } from '../comparable-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The text of a status, which servers show as HTML. Hidden parts of shortened links belong to it. */
export function textOf(html: string): string {
  const plain = html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/p>\s*<p\b[^>]*>/gi, '\n\n')
    .replace(/<[^>]*>/g, '');
  return plain.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => decode(whole, name));
}

function decode(whole: string, name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
  const isHex = /^#x/i.test(name);
  const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Whether a text on the network is the text that we sent: mentions are shown without their server. */
export function sameText(sent: string, shown: string): boolean {
  return comparable(sent) === comparable(shown);
}

function comparable(text: string): string {
  return comparableText(text).replace(/(@[a-z0-9_.-]+)@[\p{L}\p{M}\p{N}_.-]+/giu, '$1');
}
