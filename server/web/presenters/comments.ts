import { type Comment, locate, mayAnswer, mayComment, type Passage, piecesOf } from '../../domain/comment.ts';
import type { Variant } from '../../domain/message.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import { directionOf } from '../../domain/variant.ts';
import type { MessageComments } from '../../queries/comments.ts';
import { blankForm } from '../forms/form-view.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { armWords } from './post-card.ts';

export type CommentsPlace = 'review' | 'composer' | 'comments';

interface Showing {
  place: CommentsPlace;
  speak: Speak;
}

type Numbered = Comment & { number: number };

/** The texts of a message with what was said about them: passages marked, comments beside them. */
export function commentsView(found: MessageComments, showing: Showing) {
  const { message, comments } = found;
  const { place, speak } = showing;
  const numbered: Numbered[] = comments.map((comment, index) => ({ ...comment, number: index + 1 }));
  const open = numbered.filter(({ resolvedAt }) => resolvedAt === null);
  const isGone = ({ variant }: Comment) => !message.variants.some(({ _id }) => _id === variant);
  return {
    action: paths.messageComments(message._id),
    place,
    form: blankForm(paths.messageComments(message._id)),
    count: speak.t('comments.open-count', { count: open.length }),
    variants: mayComment(message)
      ? message.variants.map((variant) => ({ value: variant._id, label: titleOf(variant, speak) }))
      : [],
    texts: message.variants.map((variant) =>
      textView(variant, { found, showing, open: open.filter((one) => one.variant === variant._id) }),
    ),
    gone: open.filter(isGone).map((comment) => commentView(comment, true, { found, showing })),
    resolved: numbered
      .filter(({ resolvedAt }) => resolvedAt !== null)
      .map((comment) => commentView(comment, false, { found, showing })),
  };
}

const titleOf = ({ network, language, arm }: Variant, speak: Speak) =>
  [NETWORK_NAMES[network], speak.languageName(language), armWords({ arm: arm ?? null }, speak)]
    .filter(Boolean)
    .join(' · ');

interface Told {
  found: MessageComments;
  showing: Showing;
}

function textView(variant: Variant, { found, showing, open }: Told & { open: Numbered[] }) {
  const texts = [variant.text, ...(variant.parts ?? [])];
  const placed = open.map((comment) => ({
    comment,
    passage: comment.anchor && locate(comment.anchor, texts),
  }));
  const marks = placed.flatMap(({ comment, passage }) =>
    passage ? [{ ...passage, number: comment.number }] : [],
  );
  return {
    id: variant._id,
    title: titleOf(variant, showing.speak),
    language: variant.language,
    direction: directionOf(variant.language),
    parts: texts.map((text, part) => ({ pieces: piecesView(text, marks, part) })),
    comments: placed.map(({ comment, passage }) =>
      commentView(comment, comment.anchor !== null && passage === null, { found, showing }),
    ),
  };
}

function piecesView(text: string, marks: readonly (Passage & { number: number })[], part: number) {
  const pieces = piecesOf(
    text,
    marks.filter((mark) => mark.part === part),
  );
  return pieces.map((piece) => ({ text: piece.text, numbers: piece.numbers.join(', ') }));
}

function commentView(comment: Numbered, isMoved: boolean, { found: { names, message }, showing }: Told) {
  const { _id, number, text, author, createdAt, answers, anchor, resolvedAt, resolvedBy } = comment;
  const { speak } = showing;
  const who = (id: string, at: Date) =>
    speak.t('comments.said-by', { name: names.get(id) ?? '–', at: speak.dateTime(at) });
  return {
    id: _id,
    number: speak.number(number),
    about: speak.t('comments.about', { number }),
    said: who(author, createdAt),
    quote: anchor?.quote ?? null,
    isMoved,
    text,
    answers: answers.map((answer) => ({ said: who(answer.author, answer.at), text: answer.text })),
    resolved: resolvedAt && resolvedBy ? who(resolvedBy, resolvedAt) : null,
    mayAnswer: mayAnswer(comment) && mayComment(message),
    answerAction: paths.commentAnswers(_id),
    resolutionAction: paths.commentResolution(_id),
  };
}

/** The page of nothing but the comments; where a refused comment is shown again, too. */
export function commentsPage(found: MessageComments, speak: Speak) {
  const { title, _id } = found.message;
  return {
    title: speak.t('comments.title-of', { title }),
    heading: title,
    messagePath: paths.message(_id),
    comments: commentsView(found, { place: 'comments', speak }),
  };
}
