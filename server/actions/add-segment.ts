import type { Context } from '../context.ts';
import { type AudienceSegment, assertTargeting } from '../domain/audience.ts';
import { cleanTags } from '../domain/tag.ts';
import { AudienceSegments } from '../models/audience.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

export type SegmentInput = Pick<
  AudienceSegment,
  'name' | 'description' | 'role' | 'tier' | 'targeting' | 'persona'
> &
  Partial<Pick<AudienceSegment, 'tags'>>;

/** Adds an audience segment. Throws RuleViolation when its targeting leaves the closed vocabulary, or for a tag that names a person. */
export async function addSegment(
  context: Context,
  member: Actor,
  input: SegmentInput & Partial<Pick<AudienceSegment, 'isDemo'>>,
): Promise<AudienceSegment> {
  allow(member, 'library.edit');
  assertTargeting(input.targeting);
  const segment = await AudienceSegments.create({
    ...input,
    tags: cleanTags(input.tags ?? []),
    createdBy: member._id,
    createdAt: context.clock.now(),
  });
  await recordEvent(context, {
    actor: member._id,
    verb: 'segment added',
    subject: 'segment',
    subjectId: segment._id,
    details: { name: segment.name, tier: segment.tier },
  });
  return segment.toObject();
}
