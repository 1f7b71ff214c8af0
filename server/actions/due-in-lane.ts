import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { type Delivery, SENDABLE_STATES, UNCLEAR_STATES } from '../domain/delivery.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Due } from '../domain/lines.ts';
import { Deliveries } from '../models/delivery.ts';
import { gathered } from './gathered.ts';
import { timesOf } from './publishing.ts';

/** What is due in one lane, or will be in the time that an alarm rings ahead, in order. */
export interface DueInLane {
  sendable: Due[];
  /** Those whose outcome is unclear. */
  unclear: Due[];
  /** Accounts that somebody is sending for at this moment. */
  busy: ReadonlySet<string>;
}

type Found = Due & Pick<Delivery, 'lane' | 'state'>;

/** Finds what is due in a lane. Lanes that are woken in the same moment are looked at together. */
export const dueInLane = gathered(
  async (context: Context, lanes: readonly number[]): Promise<DueInLane[]> => {
    const lane = trusted({ $in: [...new Set(lanes)] });
    const until = new Date(context.clock.now().getTime() + timesOf(context).leadMs);
    const due = await Deliveries.find({
      lane,
      state: trusted({ $in: [...SENDABLE_STATES, ...UNCLEAR_STATES] }),
      nextAt: trusted({ $lte: until }),
    })
      .select({ account: 1, lane: 1, state: 1, nextAt: 1 })
      .sort({ nextAt: 1, _id: 1 })
      .lean<Found[]>();
    // Asked afterwards: who became busy while we looked has a first that we did not see.
    const busy: string[] =
      due.length > 0
        ? await Deliveries.distinct('account', { lane, state: trusted({ $in: ['claimed', 'sending'] }) })
        : [];
    const byLane = groupBy(due, (delivery) => delivery.lane);
    return lanes.map((number) => splitByState(byLane.get(number) ?? [], new Set(busy)));
  },
);

function splitByState(due: readonly Found[], busy: ReadonlySet<string>): DueInLane {
  const isUnclear = ({ state }: Found) => (UNCLEAR_STATES as readonly string[]).includes(state);
  return {
    sendable: due.filter((delivery) => !isUnclear(delivery)).map(inLine),
    unclear: due.filter(isUnclear).map(inLine),
    busy,
  };
}

function inLine({ _id, account, nextAt }: Found): Due {
  return { _id, account, nextAt };
}
