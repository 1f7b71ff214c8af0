import { trusted } from 'mongoose';
import type { Answer, AnswerStanding } from '../domain/answer.ts';
import type { Message, Strategy, Tone } from '../domain/message.ts';
import type { Narrative } from '../domain/narrative.ts';
import { NotFound } from '../errors.ts';
import { Answers } from '../models/answer.ts';
import type { Versioned } from '../models/document.ts';
import { WITHOUT_MARKS } from '../models/findable.ts';
import { Messages } from '../models/message.ts';
import { Narratives } from '../models/narrative.ts';
import { countAlike } from '../models/near-duplicate.ts';
import type { PageOf } from './page-of.ts';
import { searchPage } from './search.ts';

export interface AnswerFilter {
  q: string;
  language: string | null;
  strategy: Strategy | null;
  tone: Tone | null;
  standing: AnswerStanding | null;
  narrative: string | null;
  collection: string;
  tag: string;
  page: number;
}

/** Answers, the newest first. */
export function listAnswers({ q, page, ...filter }: AnswerFilter): Promise<PageOf<Answer>> {
  const { language, strategy, tone, standing, narrative, collection, tag } = filter;
  const where = {
    ...(language ? { language } : {}),
    ...(strategy ? { strategies: strategy } : {}),
    ...(tone ? { tone } : {}),
    ...(standing ? { standing } : {}),
    ...(narrative ? { narrative } : {}),
    ...(collection ? { 'source.collection': collection } : {}),
    ...(tag ? { tags: tag } : {}),
  };
  return searchPage<Answer>(Answers as never, { q, where, sort: { createdAt: -1, _id: -1 }, page });
}

export interface AnswerPage {
  answer: Versioned<Answer>;
  narrative: Pick<Narrative, '_id' | 'claim'> | null;
  /** The messages that began from it. */
  messages: Pick<Message, '_id' | 'title' | 'state'>[];
  /** How many other entries are substantially the same and still wait for a decision. */
  alike: number;
}

/** One answer with what it answers and what began from it. Throws NotFound. */
export async function readAnswer(id: string): Promise<AnswerPage> {
  const answer = await Answers.findById(id).select(WITHOUT_MARKS).lean<Versioned<Answer>>();
  if (!answer) throw new NotFound('There is no such answer.');
  const [narrative, messages, alike] = await Promise.all([
    answer.narrative ? Narratives.findById(answer.narrative).select('claim').lean() : null,
    Messages.find({ 'sources.answer': id }).select('title state').sort({ title: 1 }).limit(50).lean(),
    countAlike('answer', id),
  ]);
  return { answer, narrative, messages, alike };
}

const MOST_COLLECTIONS = 40;

/** The collections that answers come from, by name: read from one place of the index to the next. */
export async function listCollections(): Promise<string[]> {
  const names: string[] = [];
  for (let last = ''; names.length < MOST_COLLECTIONS; ) {
    const next = await Answers.findOne({ 'source.collection': trusted({ $gt: last }) })
      .select('source.collection')
      .sort({ 'source.collection': 1 })
      .lean();
    if (!next) break;
    last = next.source.collection;
    names.push(last);
  }
  return names;
}
