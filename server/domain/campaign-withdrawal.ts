import { type Delivery, isBeingWithdrawn } from './delivery.ts';
import { RuleViolation } from './rule-violation.ts';

/** A whole campaign is taken back: nothing of it goes out any more, and what is out is deleted on its networks. */
export interface CampaignWithdrawal {
  reason: string;
  /** Id of the member who ordered it. */
  member: string;
  at: Date;
  /** When all of it was deleted or handed to a person; null while it goes on. */
  endedAt: Date | null;
}

/** What a campaign has outside, in numbers of deliveries. */
export interface WithdrawalCounts {
  /** On a network, as far as we know. */
  live: number;
  /** Certainly not out yet. */
  waiting: number;
  /** On its way, or with an unclear outcome: deleted as soon as it is known to be out. */
  unclear: number;
  withdrawn: number;
  /** Of the live ones: those that no network deleted when asked, and that a person has to look at. */
  refused: number;
}

/** Throws `nothing-to-withdraw` when nothing of the campaign is out or could still go out. */
export function assertWithdrawable({ live, waiting, unclear }: WithdrawalCounts): void {
  if (live + waiting + unclear > 0) return;
  throw new RuleViolation(
    'nothing-to-withdraw',
    'Nothing of this campaign is on a network or waits to go out, so there is nothing to withdraw.',
  );
}

type Withdrawable = { withdrawal?: CampaignWithdrawal | null };

/** Whether it is being taken back just now. */
export function isCampaignBeingWithdrawn({ withdrawal }: Withdrawable): boolean {
  return withdrawal != null && withdrawal.endedAt === null;
}

/** Throws `campaign-being-withdrawn` while it is taken back: nothing new of it is placed meanwhile. */
export function assertNotBeingWithdrawn(campaign: Withdrawable): void {
  if (!isCampaignBeingWithdrawn(campaign)) return;
  throw new RuleViolation(
    'campaign-being-withdrawn',
    'This campaign is being withdrawn from its networks. Wait until that has ended, then have its messages approved anew.',
  );
}

/** How often a network is asked to delete one delivery before a person has to look. */
const MOST_TRIES = 5;
const FINAL_ANSWERS: readonly (string | null)[] = ['refused', 'unauthorised'];

type Live = Pick<Delivery, 'attempts' | 'nextAt' | 'leaseUntil' | 'remoteId'>;

/**
 * What a withdrawal does next about a delivery that is out: delete it, wait for its time or for the one who is at
 * it, or leave it to a person.
 */
export function withdrawalStep(
  delivery: Live,
  { at }: Pick<CampaignWithdrawal, 'at'>,
  now: Date,
): 'delete' | 'wait' | 'person' {
  if (!delivery.remoteId) return 'person';
  if (isBeingWithdrawn(delivery)) return delivery.leaseUntil && delivery.leaseUntil > now ? 'wait' : 'delete';
  const tries = delivery.attempts.filter(({ kind, startedAt }) => kind === 'withdrawal' && startedAt >= at);
  if (tries.length >= MOST_TRIES || FINAL_ANSWERS.includes(tries.at(-1)?.outcome ?? null)) return 'person';
  return delivery.nextAt && delivery.nextAt > now ? 'wait' : 'delete';
}
