import { type Delivery, type DeliveryState, isBegun, isLastStep } from './delivery.ts';
import { RuleViolation } from './rule-violation.ts';

export const RESOLUTIONS = ['publish-now', 'send-again', 'mark-published', 'cancel'] as const;
/** What a person decides about a delivery that waits for one. */
export type Resolution = (typeof RESOLUTIONS)[number];

const OPEN_TO: Readonly<Partial<Record<DeliveryState, readonly Resolution[]>>> = {
  missed: ['publish-now', 'cancel'],
  'auth-needed': ['publish-now', 'cancel'],
  'needs-person': ['mark-published', 'send-again', 'cancel'],
};

const BECOMES = {
  'publish-now': 'scheduled',
  'send-again': 'retry-wait',
  'mark-published': 'published',
  cancel: 'cancelled',
} as const satisfies Record<Resolution, DeliveryState>;

/** The decisions that a person can take about a delivery in this state; none when it waits for nobody. */
export function resolutionsFor(state: DeliveryState): readonly Resolution[] {
  return OPEN_TO[state] ?? [];
}

export interface Deciding {
  resolution: Resolution;
  member: string;
  /** Who scheduled the post. */
  scheduledBy: string;
  /** Who approved the text. */
  approvedBy: string | null;
}

/**
 * The state that a decision leads to. Throws `resolution-not-open`, or `second-person-needed`: sending again what
 * may be out already is confirmed by somebody who neither scheduled nor approved it (four eyes, domain rule 7).
 */
export function resolve(
  delivery: Pick<Delivery, 'state'> & Partial<Pick<Delivery, 'text' | 'parts' | 'sent'>>,
  deciding: Deciding,
): DeliveryState {
  const { resolution, member, scheduledBy, approvedBy } = deciding;
  if (!resolutionsFor(delivery.state).includes(resolution)) {
    throw new RuleViolation('resolution-not-open', 'This cannot be decided in this state any more.');
  }
  if (resolution === 'send-again' && (member === scheduledBy || member === approvedBy)) {
    throw new RuleViolation(
      'second-person-needed',
      'Somebody who neither scheduled nor approved this post has to confirm that it is sent again.',
    );
  }
  const whole = { ...delivery, text: delivery.text ?? '' };
  // A thread goes on after a part that a person found, and stays published as far as it went.
  if (resolution === 'mark-published' && !isLastStep(whole)) return 'retry-wait';
  if (resolution === 'cancel' && isBegun(whole)) return 'published';
  return BECOMES[resolution];
}
