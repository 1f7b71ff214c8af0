import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { hashToken, type Invitation, Invitations } from '../models/invitation.ts';

/** Uses up a one-time link; of two who send it at once, one gets it. Throws RuleViolation when it is used, over or unknown. */
export async function claimInvitation(
  context: Context,
  input: { kind: Invitation['kind']; token: string },
): Promise<Invitation> {
  const now = context.clock.now();
  const claimed = await Invitations.findOneAndUpdate(
    {
      kind: input.kind,
      tokenHash: hashToken(input.token),
      acceptedAt: null,
      expiresAt: trusted({ $gt: now }),
    },
    { $set: { acceptedAt: now } },
  ).lean<Invitation>();
  if (!claimed) throw new RuleViolation('link-used', 'This link was used already or is no longer valid.');
  return claimed;
}
