import type { TrailEvent } from '../domain/trail.ts';
import { Members } from '../models/member.ts';
import { TrailEvents } from '../models/trail.ts';
import { PAGE_SIZE, type PageOf, skipTo } from './page-of.ts';

export interface TrailFilter {
  /** Member id; the empty text for everybody. */
  actor: string;
  /** Noun of the subject; the empty text for all. */
  subject: string;
  /** Campaign id; not given for all. */
  campaign?: string;
  page: number;
}

export interface TrailPage extends PageOf<TrailEvent> {
  /** Names of members by id. */
  names: ReadonlyMap<string, string>;
  /** Nouns that entries speak of. */
  subjects: readonly string[];
}

/** One page of the audit trail, the latest entry first. */
export async function listTrail({ actor, subject, campaign, page }: TrailFilter): Promise<TrailPage> {
  const scope = campaign ? { campaign } : {};
  const where = { ...scope, ...(actor ? { actor } : {}), ...(subject ? { subject } : {}) };
  const [items, total, members, subjects] = await Promise.all([
    TrailEvents.find(where).sort({ sequence: -1 }).skip(skipTo(page)).limit(PAGE_SIZE).lean<TrailEvent[]>(),
    TrailEvents.countDocuments(where),
    Members.find().select('name').sort({ name: 1 }).lean(),
    TrailEvents.distinct('subject', scope),
  ]);
  const names = new Map(members.map(({ _id, name }) => [_id, name]));
  return { items, total, page, names, subjects: subjects.sort() };
}
