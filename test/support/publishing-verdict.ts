import { trusted } from 'mongoose';
import { DELIVERY_STATES, type Delivery, isFinal, PERSON_STATES } from '../../server/domain/delivery.ts';
import type { Network } from '../../server/domain/network.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import type { LedgerPost } from '../../server/rehearsal/ledger.ts';

/** What became of all posts of a run, judged by the network's own ledger. */
export interface PublishingVerdict {
  published: number;
  /** Deliveries that wait for a person: nothing is lost, but it was not settled alone. */
  withPerson: number;
  /** Neither on the network nor on anybody's list. */
  lost: number;
  /** On the network more than once. */
  doubled: number;
}

const OPEN_STATES = DELIVERY_STATES.filter((state) => !isSettled({ state }));

/** Whether every delivery is in a final state or with a person. */
export async function isEverythingSettled(): Promise<boolean> {
  return (await Deliveries.exists({ state: trusted({ $in: OPEN_STATES }) })) === null;
}

/** Whether nothing happens to it any more unless a person wants it. */
export function isSettled({ state }: Pick<Delivery, 'state'>): boolean {
  return isFinal(state) || isWithPerson(state);
}

/** Counts what was placed on a network against what it shows. `posts`: how many, each with a text of its own. */
export async function judgePublishing(
  network: Network,
  posts: number,
  shown: readonly Pick<LedgerPost, 'text'>[],
): Promise<PublishingVerdict> {
  const copies = new Map<string, number>();
  for (const { text } of shown) copies.set(text, (copies.get(text) ?? 0) + 1);
  const deliveries = await Deliveries.find({ network }).select({ text: 1, state: 1 }).lean<Delivery[]>();
  const isLost = ({ text, state }: Delivery) => !copies.has(text) && !isWithPerson(state);
  return {
    published: deliveries.filter(({ state }) => state === 'published').length,
    withPerson: deliveries.filter(({ state }) => isWithPerson(state)).length,
    lost: posts - deliveries.length + deliveries.filter(isLost).length,
    doubled: [...copies.values()].filter((count) => count > 1).length,
  };
}

function isWithPerson(state: Delivery['state']): boolean {
  return (PERSON_STATES as readonly Delivery['state'][]).includes(state);
}
