import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type Due, Lines } from '../domain/lines.ts';
import { changeDelivery } from '../models/delivery.ts';
import { claimDeliveries } from './claim-deliveries.ts';
import { publishDelivery } from './publish-delivery.ts';
import { settleDelivery } from './settle-delivery.ts';

/** So many deliveries may be on their way at once from one process, in all lanes together. */
const PLACES = 1_024;
const CLAIMED_AT_ONCE = 200;

/** What somebody who works in a lane waits for. */
interface Waiter {
  isOver: () => boolean;
  resolve: () => void;
  reject: (error: unknown) => void;
}

interface Lane {
  readonly lines: Lines;
  /** Of those who may take up something new. */
  readonly open: Set<AbortSignal>;
  readonly waiters: Set<Waiter>;
  readonly underWay: Set<Promise<void>>;
  /** Grows with everything that is done with. */
  progress: number;
}

/**
 * Everything that one process is sending. A delivery is claimed when a place for it is free, so that no claim lies
 * about, and each account goes on as soon as its own last request is answered, however long others take.
 */
class Dispatch {
  readonly #context: Context;
  readonly #lanes = new Map<number, Lane>();
  #taken = 0;
  #isFilling = false;
  #fillsAgain = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Sends what is due, in the order of each account, until nothing of this lane is left or `closed` is aborted.
   * Throws when nothing could be claimed because the database failed.
   */
  async work(number: number, sendable: readonly Due[], closed: AbortSignal): Promise<void> {
    const lane = this.lane(number);
    lane.open.add(closed);
    try {
      lane.lines.replace(sendable);
      void this.#fill();
      await this.#until(lane, closed, () => lane.lines.isEmpty || closed.aborted);
    } finally {
      lane.open.delete(closed);
      if (lane.open.size === 0) lane.lines.forgetWaiting();
    }
  }

  /** Resolves when what is on its way in this lane by now has ended. */
  async ended(number: number): Promise<void> {
    await Promise.all(this.lane(number).underWay);
  }

  lane(number: number): Lane {
    const known = this.#lanes.get(number);
    if (known) return known;
    const lane = {
      lines: new Lines(),
      open: new Set<AbortSignal>(),
      waiters: new Set<Waiter>(),
      underWay: new Set<Promise<void>>(),
      progress: 0,
    };
    this.#lanes.set(number, lane);
    return lane;
  }

  #until(lane: Lane, closed: AbortSignal, isOver: () => boolean): Promise<void> {
    if (isOver()) return Promise.resolve();
    return new Promise<void>((resolve, reject) => {
      const settle = () => {
        lane.waiters.delete(waiter);
        closed.removeEventListener('abort', waiter.resolve);
      };
      const waiter: Waiter = {
        isOver,
        resolve: () => {
          settle();
          resolve();
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      lane.waiters.add(waiter);
      closed.addEventListener('abort', waiter.resolve, { once: true });
    });
  }

  /** One after the other: whoever calls meanwhile is served by one more round. */
  async #fill(): Promise<void> {
    this.#fillsAgain = true;
    if (this.#isFilling) return;
    this.#isFilling = true;
    try {
      while (this.#fillsAgain) {
        this.#fillsAgain = false;
        await this.#claimHeads();
      }
    } finally {
      this.#isFilling = false;
    }
  }

  async #claimHeads(): Promise<void> {
    const heads = this.#takeHeads(Math.min(PLACES - this.#taken, CLAIMED_AT_ONCE));
    if (heads.length === 0) return;
    try {
      const ids = heads.map(({ due }) => due._id);
      const { claimed, setAside } = await claimDeliveries(this.#context, ids);
      const byId = new Map(claimed.map((delivery) => [delivery._id, delivery]));
      const aside = new Set(setAside);
      for (const { lane, due } of heads) this.#goOn(lane, due, byId.get(due._id) ?? aside.has(due._id));
    } catch (error) {
      for (const { lane, due } of heads) {
        lane.lines.drop(due);
        this.#taken -= 1;
      }
      const waiters = new Set(heads.flatMap(({ lane }) => [...lane.waiters]));
      for (const waiter of waiters) waiter.reject(error);
    }
    this.#fillsAgain = true;
  }

  /** By turns: no lane takes all the places. */
  #takeHeads(free: number): { lane: Lane; due: Due }[] {
    const open = [...this.#lanes.values()].filter((lane) => isOpen(lane));
    const heads = open.map((lane) => ({ lane, due: lane.lines.heads(free) }));
    const taken: { lane: Lane; due: Due }[] = [];
    for (let turn = 0; taken.length < free && heads.some(({ due }) => due.length > turn); turn += 1) {
      for (const { lane, due } of heads) {
        const head = due[turn];
        if (head && taken.length < free) taken.push({ lane, due: head });
      }
    }
    for (const { lane, due } of taken) lane.lines.begin(due);
    this.#taken += taken.length;
    return taken;
  }

  /** `false`: it is somebody else's or has to wait, and with it its account. */
  #goOn(lane: Lane, due: Due, claimed: Delivery | boolean): void {
    if (typeof claimed === 'boolean') {
      if (claimed) lane.lines.done(due);
      else lane.lines.drop(due);
      this.#free(lane, claimed);
      return;
    }
    const sending = (isOpen(lane) ? this.#send(claimed) : handBack(claimed))
      .catch((error) => this.#keepGoing(claimed, error))
      .then(() => {
        lane.underWay.delete(sending);
        lane.lines.done(due);
        this.#free(lane, true);
        void this.#fill();
      });
    lane.underWay.add(sending);
  }

  async #send(claimed: Delivery): Promise<void> {
    await publishDelivery(this.#context, claimed);
  }

  /**
   * What goes wrong with one delivery keeps no other from leaving. Before its intent is on record it may be tried
   * again; afterwards the end of its lease brings it before the sweep.
   */
  async #keepGoing(claimed: Delivery, error: Error): Promise<void> {
    const { log } = this.#context;
    log.error({ err: error, delivery: claimed._id }, 'delivery broke off');
    const detail = `The software failed (${error.name}).`;
    await settleDelivery(this.#context, claimed, { kind: 'not-sent', detail }).catch((second: Error) => {
      log.error({ err: second, delivery: claimed._id }, 'delivery left to its lease');
    });
  }

  #free(lane: Lane, isProgress: boolean): void {
    this.#taken -= 1;
    if (isProgress) lane.progress += 1;
    for (const waiter of [...lane.waiters]) if (waiter.isOver()) waiter.resolve();
  }
}

function isOpen({ open }: Lane): boolean {
  return [...open].some(({ aborted }) => !aborted);
}

async function handBack(delivery: Delivery): Promise<void> {
  await changeDelivery(delivery, { to: 'scheduled', set: { nextAt: delivery.dueAt, leaseUntil: null } });
}

const dispatches = new WeakMap<Context, Dispatch>();

/** The one of this process. */
export function dispatchOf(context: Context): Dispatch {
  const dispatch = dispatches.get(context) ?? new Dispatch(context);
  dispatches.set(context, dispatch);
  return dispatch;
}
