import { type Assessment, GATE_LIMITS, gate, riskScore } from './assessment.ts';
import type { AudienceSegment } from './audience.ts';
import type { Messenger } from './messenger.ts';
import { RuleViolation } from './rule-violation.ts';

const SECOND_APPROVAL_REASONS = ['high-risk', 'minors', 'survivor'] as const;
export type SecondApprovalReason = (typeof SECOND_APPROVAL_REASONS)[number];

export interface AtStake {
  assessment: Pick<Assessment, 'risks'> | null;
  segment: Pick<AudienceSegment, 'role'> | null;
  messenger: Pick<Messenger, 'kind'> | null;
}

/**
 * Why two distinct people have to approve; empty where one is enough. A high remaining risk is not one person's to
 * accept. Minors and survivors bear what goes wrong and can answer back least, so a second pair of eyes is theirs,
 * whatever the scores say.
 */
export function secondApprovalReasons({ assessment, segment, messenger }: AtStake): SecondApprovalReason[] {
  const isSo: Record<SecondApprovalReason, boolean> = {
    'high-risk': assessment !== null && gate(assessment).approvalsNeeded === 2,
    minors: segment?.role === 'youth' || (assessment?.risks ?? []).some(isGraveForMinors),
    survivor: messenger?.kind === 'survivor',
  };
  return SECOND_APPROVAL_REASONS.filter((reason) => isSo[reason]);
}

function isGraveForMinors(risk: Assessment['risks'][number]): boolean {
  return (
    risk.affected === 'minors' &&
    risk.question !== 'not-speaking' &&
    riskScore(risk) >= GATE_LIMITS.mitigation
  );
}

/**
 * Throws `safeguarding-needed`: what speaks to youth needs the sign-off that its campaign's brief asks for.
 * Source: domain rule 1; DSA 28(2).
 */
export function assertSafeguarded({ segment, safeguarding }: Safeguarding): void {
  if (segment?.role !== 'youth' || safeguarding.trim() !== '') return;
  throw new RuleViolation(
    'safeguarding-needed',
    'This speaks to young people, and the brief has no safeguarding sign-off. Write into the brief who gave it and when.',
  );
}

export type Safeguarding = Pick<AtStake, 'segment'> & { safeguarding: string };
