import type { Reply, ReplyCode } from './reply.ts';
import { RuleViolation } from './rule-violation.ts';

const CALL_FOR_SUPPORT: readonly ReplyCode[] = ['help-seeking', 'risk-disclosure'];
const CALL_FOR_SOMEBODY: readonly ReplyCode[] = [...CALL_FOR_SUPPORT, 'hateful-illegal'];

/** Whether somebody has to do something after a reply got this code, beyond counting it. */
export function callsForSomebody(code: ReplyCode): boolean {
  return CALL_FOR_SOMEBODY.includes(code);
}

/** Whether this code asks for an offer of support (domain rule 10). */
export function callsForSupport(code: ReplyCode | null): boolean {
  return code !== null && CALL_FOR_SUPPORT.includes(code);
}

/**
 * Throws RuleViolation when a reply cannot be coded: its text is gone (`reply-text-gone`), or somebody else has
 * coded it (`reply-coded-by-another`). One's own code may be corrected while the text is there.
 */
export function assertMayCode(reply: Pick<Reply, 'text' | 'code' | 'coder'>, coder: string): void {
  if (reply.text === null) {
    throw new RuleViolation(
      'reply-text-gone',
      'The text of this reply has been deleted; it cannot be coded.',
    );
  }
  if (reply.code !== null && reply.coder !== coder) {
    throw new RuleViolation('reply-coded-by-another', 'Somebody else has coded this reply.');
  }
}

/** Throws RuleViolation `support-not-called-for` when the code of a reply does not ask for support. */
export function assertCallsForSupport(reply: Pick<Reply, 'code'>): void {
  if (!callsForSupport(reply.code)) {
    throw new RuleViolation('support-not-called-for', 'The code of this reply does not ask for support.');
  }
}
