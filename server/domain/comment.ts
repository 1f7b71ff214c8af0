import type { Message } from './message.ts';
import { RuleViolation } from './rule-violation.ts';

/** The words that a comment is about, with what stood around them, so that they are found again after an edit. */
export interface Anchor {
  quote: string;
  before: string;
  after: string;
}

export interface CommentAnswer {
  _id: string;
  text: string;
  author: string;
  at: Date;
}

/** What somebody says about a passage of a text while it is drafted and reviewed. Never part of an approval. */
export interface Comment {
  _id: string;
  message: string;
  /** Id of the variant; it may be gone by now. */
  variant: string;
  /** null: about the whole text. */
  anchor: Anchor | null;
  text: string;
  author: string;
  answers: CommentAnswer[];
  resolvedBy: string | null;
  resolvedAt: Date | null;
  isDemo: boolean;
  createdAt: Date;
}

/** A conversation that long is one for a room. */
export const MOST_ANSWERS = 50;

/** Nobody works any more on a message that was rejected. */
export function mayComment({ state }: Pick<Message, 'state'>): boolean {
  return state !== 'rejected';
}

/** Throws `comment-rejected` about a message that was rejected. */
export function assertMayComment(message: Pick<Message, 'state'>): void {
  if (mayComment(message)) return;
  throw new RuleViolation(
    'comment-rejected',
    'This message was rejected and stays as it was, so nothing more is said about its text.',
  );
}

/** Whether a comment holds one more answer. */
export function mayAnswer({ answers }: Pick<Comment, 'answers'>): boolean {
  return answers.length < MOST_ANSWERS;
}

/** Throws `comment-answers-full` when there are as many answers as one comment holds. */
export function assertMayAnswer(comment: Pick<Comment, 'answers'>): void {
  if (mayAnswer(comment)) return;
  throw new RuleViolation(
    'comment-answers-full',
    'This comment has as many answers as it holds. Resolve it, or make a new one.',
    { field: 'answer.text', values: { count: MOST_ANSWERS } },
  );
}

/** Where a passage stands: which text of a thread, and from which to before which UTF-16 unit of it. */
export interface Passage {
  part: number;
  start: number;
  end: number;
}

const CONTEXT = 32;
/** So many characters around a short passage have to be the same as well: a lone “call” may be any call. */
const CONTEXT_NEEDED = 6;
/** From this length on a passage speaks for itself. */
const LONG_ENOUGH = 20;

/**
 * Anchors a comment to the passage as it stands in the text; spaces and line breaks may differ. `at` says which one
 * is meant when the words occur more than once. null for no words at all. Throws `passage-not-found`.
 */
export function anchorIn(
  texts: readonly string[],
  typed: { quote: string; at: number | null },
): Anchor | null {
  const quote = typed.quote.trim();
  if (quote === '') return null;
  const found = texts.flatMap((text, part) => occurrences(text, quote, part));
  const meant = found.find(({ start }) => start === typed.at) ?? found[0];
  const text = meant && texts[meant.part];
  if (!text) {
    throw new RuleViolation(
      'passage-not-found',
      'These words are not in the saved text. Copy them exactly, or save the text first.',
      { field: 'comment.quote' },
    );
  }
  return {
    quote: text.slice(meant.start, meant.end),
    before: text.slice(Math.max(0, meant.start - CONTEXT), meant.start),
    after: text.slice(meant.end, meant.end + CONTEXT),
  };
}

/** Where the passage stands in the texts of now, by its words and then by what is around them; null: it was changed. */
export function locate(anchor: Anchor, texts: readonly string[]): Passage | null {
  const rated = texts
    .flatMap((text, part) => occurrences(text, anchor.quote, part))
    .map((passage) => ({ passage, context: sameAround(anchor, texts[passage.part] ?? '', passage) }))
    .sort((a, b) => b.context - a.context);
  const [best] = rated;
  if (!best) return null;
  const needed = Math.min(CONTEXT_NEEDED, anchor.before.length + anchor.after.length);
  return anchor.quote.length >= LONG_ENOUGH || best.context >= needed ? best.passage : null;
}

function occurrences(text: string, quote: string, part: number): Passage[] {
  const words = quote.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return [...text.matchAll(new RegExp(words.join('\\s+'), 'gu'))].map(({ 0: found, index }) => ({
    part,
    start: index,
    end: index + found.length,
  }));
}

function sameAround({ before, after }: Anchor, text: string, { start, end }: Passage): number {
  const reversed = (given: string) => [...given].reverse().join('');
  return (
    common(reversed(before), reversed(text.slice(Math.max(0, start - CONTEXT), start))) +
    common(after, text.slice(end, end + CONTEXT))
  );
}

function common(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** A stretch of a text and the numbers of the comments that are about it. */
export interface Piece {
  text: string;
  numbers: number[];
}

/** Cuts a text where comments begin and end; the pieces together are the text. */
export function piecesOf(
  text: string,
  marks: readonly { start: number; end: number; number: number }[],
): Piece[] {
  const cuts = [0, text.length, ...marks.flatMap(({ start, end }) => [start, end])];
  const edges = [...new Set(cuts)].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? text.length;
    const covering = marks.filter(({ start, end }) => start <= from && to <= end);
    return { text: text.slice(from, to), numbers: covering.map(({ number }) => number) };
  });
}
