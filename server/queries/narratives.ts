import type { QueryFilter } from 'mongoose';
import type { Message } from '../domain/message.ts';
import type { Appeal, Narrative } from '../domain/narrative.ts';
import { NotFound } from '../errors.ts';
import type { Versioned } from '../models/document.ts';
import { Messages } from '../models/message.ts';
import { Narratives } from '../models/narrative.ts';
import { containing, PAGE_SIZE, type PageOf, skipTo } from './page-of.ts';

export interface NarrativeFilter {
  q: string;
  appeal: Appeal | null;
  severity: number | null;
  page: number;
}

/** Harmful narratives, the most severe first. */
export async function listNarratives({
  q,
  appeal,
  severity,
  page,
}: NarrativeFilter): Promise<PageOf<Narrative>> {
  const where: QueryFilter<Narrative> = {
    ...(appeal ? { appeals: appeal } : {}),
    ...(severity ? { severity } : {}),
    ...(q
      ? { $or: [{ claim: containing(q) }, { grievance: containing(q) }, { circulation: containing(q) }] }
      : {}),
  };
  const [items, total] = await Promise.all([
    Narratives.find(where)
      .sort({ severity: -1, createdAt: -1, _id: -1 })
      .skip(skipTo(page))
      .limit(PAGE_SIZE)
      .lean<Narrative[]>(),
    Narratives.countDocuments(where),
  ]);
  return { items, total, page };
}

export interface NarrativePage {
  narrative: Versioned<Narrative>;
  /** The messages that answer it. */
  answers: Pick<Message, '_id' | 'title' | 'state'>[];
}

/** One harmful narrative. Throws NotFound. */
export async function readNarrative(id: string): Promise<NarrativePage> {
  const narrative = await Narratives.findById(id).lean<Versioned<Narrative>>();
  if (!narrative) throw new NotFound('There is no such narrative.');
  const answers = await Messages.find({ narrative: id })
    .select('title state')
    .sort({ title: 1 })
    .limit(50)
    .lean();
  return { narrative, answers };
}
