import type { Answer } from '../domain/answer.ts';
import type { Message } from '../domain/message.ts';
import type { Appeal, Narrative } from '../domain/narrative.ts';
import { NotFound } from '../errors.ts';
import { Answers } from '../models/answer.ts';
import type { Versioned } from '../models/document.ts';
import { WITHOUT_MARKS } from '../models/findable.ts';
import { Messages } from '../models/message.ts';
import { Narratives } from '../models/narrative.ts';
import type { PageOf } from './page-of.ts';
import { searchPage } from './search.ts';

export interface NarrativeFilter {
  q: string;
  appeal: Appeal | null;
  severity: number | null;
  /** A group that the claim attacks, as it was written. */
  target: string;
  tag: string;
  page: number;
}

/** Harmful narratives, the most severe first. */
export function listNarratives({ q, page, ...filter }: NarrativeFilter): Promise<PageOf<Narrative>> {
  const { appeal, severity, target, tag } = filter;
  const where = {
    ...(appeal ? { appeals: appeal } : {}),
    ...(severity ? { severity } : {}),
    ...(target ? { targets: target } : {}),
    ...(tag ? { tags: tag } : {}),
  };
  const sort = { severity: -1, createdAt: -1, _id: -1 } as const;
  return searchPage<Narrative>(Narratives as never, { q, where, sort, page });
}

/** How many answers a narrative's own page shows; the list holds all of them. */
const ANSWERS_SHOWN = 20;

export interface NarrativePage {
  narrative: Versioned<Narrative>;
  /** The messages that answer it. */
  messages: Pick<Message, '_id' | 'title' | 'state'>[];
  /** Answers of the library to it, usable ones first; not all of them where there are many. */
  answers: Pick<Answer, '_id' | 'text' | 'standing' | 'language'>[];
  answerCount: number;
}

/** One harmful narrative. Throws NotFound. */
export async function readNarrative(id: string): Promise<NarrativePage> {
  const narrative = await Narratives.findById(id).select(WITHOUT_MARKS).lean<Versioned<Narrative>>();
  if (!narrative) throw new NotFound('There is no such narrative.');
  const [messages, answers, answerCount] = await Promise.all([
    Messages.find({ narrative: id }).select('title state').sort({ title: 1 }).limit(50).lean(),
    Answers.find({ narrative: id })
      .select('text standing language')
      .sort({ standing: -1, createdAt: -1, _id: -1 })
      .limit(ANSWERS_SHOWN)
      .lean(),
    Answers.countDocuments({ narrative: id }),
  ]);
  return { narrative, messages, answers, answerCount };
}
