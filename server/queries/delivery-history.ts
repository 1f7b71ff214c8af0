import type { Account } from '../domain/account.ts';
import type { Attempt, Delivery, ReadBack } from '../domain/delivery.ts';
import { type Resolution, resolutionsFor } from '../domain/resolution.ts';
import type { TrailEvent } from '../domain/trail.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { Deliveries } from '../models/delivery.ts';
import { TrailEvents } from '../models/trail.ts';
import { withNames } from './calendar-deliveries.ts';

/** One line of a history; the presenter puts it into words. */
export type HistoryEntry =
  | { at: Date; kind: 'attempt'; attempt: Attempt }
  | { at: Date; kind: 'read-back'; readBack: ReadBack }
  | { at: Date; kind: 'event'; event: Pick<TrailEvent, 'verb' | 'actor' | 'details'> };

export interface DeliveryHistory {
  delivery: Delivery & {
    accountHandle: string;
    accountTimeZone: string;
    campaignTitle: string;
    messageTitle: string;
  };
  /** What its network allows its account; null when the account is gone. */
  limit: Pick<Account, 'limitedUntil' | 'limitedBy'> | null;
  resolutions: readonly Resolution[];
  /** Oldest first. */
  entries: HistoryEntry[];
}

/** Everything that is known of one delivery: tries, looks at the network, and what people did. Throws NotFound. */
export async function deliveryHistory(id: string): Promise<DeliveryHistory> {
  const found = await Deliveries.findById(id).lean<Delivery>();
  const [delivery] = found ? await withNames([found]) : [];
  if (!delivery) throw new NotFound('This delivery does not exist any more.');
  const limit = await Accounts.findById(delivery.account)
    .select('limitedUntil limitedBy')
    .lean<DeliveryHistory['limit']>();
  const events = await TrailEvents.find({
    $or: [
      { subject: 'delivery', subjectId: id },
      { subject: 'post', subjectId: delivery.post },
    ],
  })
    .sort({ sequence: 1 })
    .lean<TrailEvent[]>();
  const entries: HistoryEntry[] = [
    ...events.map(({ at, verb, actor, details }) => ({
      at,
      kind: 'event' as const,
      event: { verb, actor, details },
    })),
    ...delivery.attempts.map((attempt) => ({ at: attempt.startedAt, kind: 'attempt' as const, attempt })),
    ...delivery.readBacks.map((readBack) => ({ at: readBack.at, kind: 'read-back' as const, readBack })),
  ];
  entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  return { delivery, limit, resolutions: resolutionsFor(delivery.state), entries };
}
