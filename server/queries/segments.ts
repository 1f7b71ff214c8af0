import type { QueryFilter } from 'mongoose';
import type { AudienceRole, AudienceSegment, PreventionTier } from '../domain/audience.ts';
import { NotFound } from '../errors.ts';
import { AudienceSegments } from '../models/audience.ts';
import type { Versioned } from '../models/document.ts';
import { containing, PAGE_SIZE, type PageOf, skipTo } from './page-of.ts';

export interface SegmentFilter {
  q: string;
  role: AudienceRole | null;
  tier: PreventionTier | null;
  page: number;
}

/** Audience segments by name. */
export async function listSegments({ q, role, tier, page }: SegmentFilter): Promise<PageOf<AudienceSegment>> {
  const where: QueryFilter<AudienceSegment> = {
    ...(role ? { role } : {}),
    ...(tier ? { tier } : {}),
    ...(q ? { $or: [{ name: containing(q) }, { description: containing(q) }] } : {}),
  };
  const [items, total] = await Promise.all([
    AudienceSegments.find(where)
      .sort({ name: 1, _id: 1 })
      .skip(skipTo(page))
      .limit(PAGE_SIZE)
      .lean<AudienceSegment[]>(),
    AudienceSegments.countDocuments(where),
  ]);
  return { items, total, page };
}

/** One audience segment. Throws NotFound. */
export async function readSegment(id: string): Promise<Versioned<AudienceSegment>> {
  const segment = await AudienceSegments.findById(id).lean<Versioned<AudienceSegment>>();
  if (!segment) throw new NotFound('There is no such segment.');
  return segment;
}
