import type { Assessment } from './assessment.ts';
import { type Group, groupOf } from './audience.ts';
import type { Messenger } from './messenger.ts';
import type { Narrative } from './narrative.ts';
import { RuleViolation } from './rule-violation.ts';

/** What an assessment looks at beside the text itself; a material change in any of it makes the answers old. */
export interface Circumstances {
  segment: Group | null;
  messenger: Pick<Messenger, 'kind' | 'name' | 'safety'> | null;
  narrative: Pick<Narrative, 'claim' | 'severity' | 'appeals'> | null;
}

type Part = keyof Circumstances;

/**
 * The circumstances as one canonical string: what changes it is material to somebody's harm. Wording of a segment, a
 * messenger's credibility or where a narrative circulates may be improved without a new assessment.
 */
export function describeCircumstances({ segment, messenger, narrative }: Circumstances): string {
  return JSON.stringify({
    segment: segment && groupOf(segment),
    messenger: messenger && [messenger.kind, messenger.name, messenger.safety],
    narrative: narrative && [narrative.claim, narrative.severity, [...narrative.appeals].sort()],
  });
}

/** Which circumstances differ between two descriptions; none when the earlier one was never written down. */
export function changedCircumstances(earlier: string, now: string): Part[] {
  if (earlier === '') return [];
  const [before, after] = [JSON.parse(earlier), JSON.parse(now)] as Record<Part, unknown>[];
  const parts: Part[] = ['segment', 'messenger', 'narrative'];
  return parts.filter((part) => JSON.stringify(before?.[part]) !== JSON.stringify(after?.[part]));
}

/** What an assessment on record is held against. */
export interface AssessedNow {
  contentHash: string;
  /** See describeCircumstances. */
  circumstances: string;
  /** When everything was paused last; null: never. */
  crisisAt: Date | null;
}

export type AssessmentStanding = 'none' | 'other-text' | 'other-circumstances' | 'before-crisis' | 'current';

type OnRecord = Pick<Assessment, 'contentHash' | 'circumstances' | 'createdAt'>;

/**
 * Whether an assessment still speaks of the message as it is and of the world as it is. Source: the glossary,
 * "do-no-harm assessment: gates scheduling; re-assessed after a crisis".
 */
export function assessmentStanding(assessment: OnRecord | null, now: AssessedNow): AssessmentStanding {
  if (!assessment) return 'none';
  if (assessment.contentHash !== now.contentHash) return 'other-text';
  if (changedCircumstances(assessment.circumstances, now.circumstances).length > 0) {
    return 'other-circumstances';
  }
  return now.crisisAt !== null && assessment.createdAt < now.crisisAt ? 'before-crisis' : 'current';
}

/** The same with what it is held against, taken from a message and the facts around it. */
export function assertStillAssessed(
  { contentHash }: Pick<AssessedNow, 'contentHash'>,
  facts: Omit<AssessedNow, 'contentHash'> & { assessment: OnRecord | null },
): void {
  assertAssessed(facts.assessment, { ...facts, contentHash });
}

/**
 * Throws unless the assessment is of this text, these circumstances and this side of the last crisis:
 * `assessment-missing`, `assessment-outdated` or `assessment-before-crisis`.
 */
export function assertAssessed(
  assessment: OnRecord | null,
  now: AssessedNow,
): asserts assessment is OnRecord {
  switch (assessmentStanding(assessment, now)) {
    case 'current':
      return;
    case 'other-circumstances':
      throw new RuleViolation(
        'assessment-outdated',
        'The audience, the messenger or the narrative was changed since the harm was assessed. Assess it anew.',
      );
    case 'before-crisis':
      throw new RuleViolation(
        'assessment-before-crisis',
        'Everything was paused since the harm was assessed. Assess it anew: the world has changed.',
      );
    default:
      throw new RuleViolation('assessment-missing', 'This exact text has no do-no-harm assessment yet.');
  }
}
