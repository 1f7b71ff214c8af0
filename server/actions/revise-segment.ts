import type { Context } from '../context.ts';
import { type AudienceSegment, assertTargeting, isSameGroup } from '../domain/audience.ts';
import { NotFound } from '../errors.ts';
import { AudienceSegments } from '../models/audience.ts';
import type { SegmentInput } from './add-segment.ts';
import { type Actor, allow } from './allow.ts';
import { assertCurrent } from './assert-current.ts';
import { recordEvent } from './record-event.ts';
import { voidApprovals } from './void-approvals.ts';

/**
 * Changes an audience segment. When it becomes another group, approvals that spoke of it end (domain rule 7).
 * Throws RuleViolation when the targeting leaves the closed vocabulary, Conflict when somebody else saved in between.
 */
export async function reviseSegment(
  context: Context,
  member: Actor,
  { segment: id, version, ...input }: SegmentInput & { segment: string; version: number },
): Promise<AudienceSegment> {
  allow(member, 'library.edit');
  const segment = await AudienceSegments.findById(id);
  if (!segment) throw new NotFound('There is no such segment.');
  assertCurrent(segment, version);
  assertTargeting(input.targeting);
  const isSame = isSameGroup(segment.toObject(), input);
  segment.set(input);
  await segment.save();
  await recordEvent(context, {
    actor: member._id,
    verb: 'segment changed',
    subject: 'segment',
    subjectId: id,
    details: { name: segment.name, tier: segment.tier },
  });
  if (!isSame)
    await voidApprovals(context, {
      of: { segment: id },
      actor: member._id,
      reason: 'The audience segment became another group, so the approval ended.',
    });
  return segment.toObject();
}
