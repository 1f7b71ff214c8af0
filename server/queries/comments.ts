import type { Comment } from '../domain/comment.ts';
import type { Message } from '../domain/message.ts';
import { NotFound } from '../errors.ts';
import { Comments } from '../models/comment.ts';
import { Messages } from '../models/message.ts';
import { memberNames } from './member-names.ts';

export interface MessageComments {
  message: Pick<Message, '_id' | 'title' | 'state' | 'variants'>;
  /** Oldest first; the place of a comment in this list is its number, from 1. */
  comments: Comment[];
  /** Names of everybody who wrote or resolved one, by id. */
  names: ReadonlyMap<string, string>;
}

/** What was said about the texts of a message. Throws NotFound. */
export async function messageComments(id: string): Promise<MessageComments> {
  const message = await Messages.findById(id).select('title state variants').lean();
  if (!message) throw new NotFound('There is no such message.');
  const comments = await Comments.find({ message: id }).sort({ createdAt: 1, _id: 1 }).lean<Comment[]>();
  const people = comments.flatMap(({ author, resolvedBy, answers }) => [
    author,
    ...(resolvedBy ? [resolvedBy] : []),
    ...answers.map((answer) => answer.author),
  ]);
  return { message, comments, names: await memberNames(people) };
}

/** Of which message a comment is. Throws NotFound. */
export async function messageOfComment(id: string): Promise<string> {
  const comment = await Comments.findById(id).select('message').lean();
  if (!comment) throw new NotFound('There is no such comment.');
  return comment.message;
}
