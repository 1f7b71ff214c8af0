import { linksIn, mentionsIn } from './variant.ts';

const HASHTAG = /(?<![\p{L}\p{N}_&])[#＃][\p{L}\p{N}_]+/gu;

/** A stretch of a text; networks set links, hashtags and mentions off from the words around them. */
export interface TextPiece {
  text: string;
  isMarked: boolean;
}

/** Hashtags of a text with their sign, in order. */
export function hashtagsIn(text: string): string[] {
  return text.match(HASHTAG) ?? [];
}

/** The text cut where a network makes something that can be pressed; together the pieces are the text. */
export function piecesOf(text: string): TextPiece[] {
  const marks = [...linksIn(text), ...hashtagsIn(text), ...mentionsIn(text).map((handle) => `@${handle}`)];
  const pieces: TextPiece[] = [];
  let rest = text;
  while (rest !== '') {
    const [first] = marks
      .map((mark) => ({ mark, at: rest.indexOf(mark) }))
      .filter(({ at }) => at >= 0)
      // Of two that begin in one place the longer one holds the other.
      .sort((a, b) => a.at - b.at || b.mark.length - a.mark.length);
    if (!first) break;
    if (first.at > 0) pieces.push({ text: rest.slice(0, first.at), isMarked: false });
    pieces.push({ text: first.mark, isMarked: true });
    rest = rest.slice(first.at + first.mark.length);
  }
  return rest === '' ? pieces : [...pieces, { text: rest, isMarked: false }];
}
