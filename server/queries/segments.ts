import type { AudienceRole, AudienceSegment, PreventionTier } from '../domain/audience.ts';
import { NotFound } from '../errors.ts';
import { AudienceSegments } from '../models/audience.ts';
import type { Versioned } from '../models/document.ts';
import type { PageOf } from './page-of.ts';
import { searchPage } from './search.ts';

export interface SegmentFilter {
  q: string;
  role: AudienceRole | null;
  tier: PreventionTier | null;
  tag: string;
  page: number;
}

/** Audience segments by name. */
export function listSegments({ q, role, tier, tag, page }: SegmentFilter): Promise<PageOf<AudienceSegment>> {
  const where = { ...(role ? { role } : {}), ...(tier ? { tier } : {}), ...(tag ? { tags: tag } : {}) };
  return searchPage<AudienceSegment>(AudienceSegments as never, {
    q,
    where,
    sort: { name: 1, _id: 1 },
    page,
  });
}

/** One audience segment. Throws NotFound. */
export async function readSegment(id: string): Promise<Versioned<AudienceSegment>> {
  const segment = await AudienceSegments.findById(id).lean<Versioned<AudienceSegment>>();
  if (!segment) throw new NotFound('There is no such segment.');
  return segment;
}
