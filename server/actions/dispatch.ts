import type { Context } from '../context.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Due } from '../domain/lines.ts';
import { claimDeliveries } from './claim-deliveries.ts';
import { OpenLane } from './open-lane.ts';
import { type Departure, publishDelivery } from './publish-delivery.ts';
import { timesOf } from './publishing.ts';
import { settleDelivery } from './settle-delivery.ts';

/** So many deliveries may be on their way at once from one process, in all lanes together. */
const PLACES = 3_072;
const CLAIMED_AT_ONCE = 200;

/**
 * Everything that one process is sending. A delivery is claimed when a place for it is free and its time is near, so
 * that no claim lies about, and each account goes on as soon as its own last request is answered, however long others
 * take.
 */
class Dispatch {
  readonly #context: Context;
  readonly #lanes = new Map<number, OpenLane>();
  #taken = 0;
  #filling: Promise<void> | null = null;
  #fillsAgain = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Opens a lane for as long as `work` takes, or until `closed` is aborted; then waits until what is on its way in it
   * has ended. A lane that nobody holds open takes up nothing.
   */
  async holdOpen(number: number, closed: AbortSignal, work: () => Promise<void>): Promise<void> {
    const lane = this.#lane(number);
    const letGo = lane.hold(closed);
    try {
      if (!closed.aborted) await work();
      // What is being claimed at this moment is on its way next.
      await this.#filling;
      await Promise.all(lane.underWay);
    } finally {
      letGo();
    }
  }

  /**
   * Sends these, each at its time and in the order of its account, until all are over or `closed` is aborted. Returns
   * how many were done; the others are somebody else's, or have to wait. Throws when nothing could be claimed because
   * the database failed.
   */
  async work(number: number, sendable: readonly Due[], closed: AbortSignal): Promise<number> {
    const lane = this.#lane(number);
    lane.lines.replace(sendable);
    const ended = lane.ended(sendable, closed);
    this.#fill();
    return ended;
  }

  isSending(number: number, account: string): boolean {
    return this.#lane(number).lines.isSending(account);
  }

  #lane(number: number): OpenLane {
    const lane = this.#lanes.get(number) ?? new OpenLane();
    this.#lanes.set(number, lane);
    return lane;
  }

  /** One after the other: whoever calls meanwhile is served by one more round. */
  #fill(): void {
    this.#fillsAgain = true;
    this.#filling ??= this.#claimWhileAsked();
  }

  async #claimWhileAsked(): Promise<void> {
    try {
      while (this.#fillsAgain) {
        this.#fillsAgain = false;
        await this.#claimHeads();
      }
    } finally {
      this.#filling = null;
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
      for (const lane of new Set(heads.map((head) => head.lane))) lane.fail(error);
    }
    this.#fillsAgain = true;
  }

  /** By turns: no lane takes all the places. */
  #takeHeads(free: number): { lane: OpenLane; due: Due }[] {
    const open = [...this.#lanes.values()].filter((lane) => !lane.closed.aborted);
    const heads = open.map((lane) => ({ lane, due: lane.lines.heads(free) }));
    const taken: { lane: OpenLane; due: Due }[] = [];
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
  #goOn(lane: OpenLane, due: Due, claimed: Delivery | boolean): void {
    if (typeof claimed === 'boolean') {
      if (claimed) lane.lines.done(due);
      else lane.lines.drop(due);
      this.#free(lane, claimed ? due : null);
      return;
    }
    const sending = publishDelivery(this.#context, claimed, this.#departureOf(lane, due))
      .catch((error) => this.#keepGoing(claimed, error))
      .then(() => {
        lane.underWay.delete(sending);
        lane.lines.done(due);
        this.#free(lane, due);
        this.#fill();
      });
    lane.underWay.add(sending);
  }

  #departureOf({ closed }: OpenLane, { nextAt }: Due): Departure {
    const { clock } = this.#context;
    const beginsAt = new Date(nextAt.getTime() - timesOf(this.#context).intentMs);
    return {
      at: nextAt,
      async mayBegin() {
        await clock.until(beginsAt, closed);
        return !closed.aborted;
      },
    };
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

  /** `null`: it was given up. */
  #free(lane: OpenLane, done: Due | null): void {
    this.#taken -= 1;
    lane.tell(done);
  }
}

const dispatches = new WeakMap<Context, Dispatch>();

/** The one of this process. */
export function dispatchOf(context: Context): Dispatch {
  const dispatch = dispatches.get(context) ?? new Dispatch(context);
  dispatches.set(context, dispatch);
  return dispatch;
}
