import mongoose from 'mongoose';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { sweepDeliveries } from '../../server/actions/sweep-deliveries.ts';
import type { Clock } from '../../server/clock.ts';
import type { Context } from '../../server/context.ts';
import { type Delivery, textsOf } from '../../server/domain/delivery.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { Incarnations } from '../../server/models/incarnation.ts';
import type { TestContext } from '../support/context.ts';
import { isSettled } from '../support/publishing-verdict.ts';
import { type Chance, chanceOf } from './chance.ts';
import { FATES, type SimulatedNetwork, simulatedNetwork } from './network.ts';
import { Process, quiet } from './process.ts';

export interface World {
  context: TestContext;
  /** As they are before the simulation begins; put back for every seed. */
  deliveries: readonly Delivery[];
}

export interface Verdict {
  seed: number;
  steps: number;
  crashes: number;
  /** Requests that reached the network. */
  requests: number;
  lost: string[];
  doubled: string[];
  /** Neither final nor with a person when all was calm again. */
  stuck: string[];
}

const STEPS = 60;
const WORKERS = 3;
const CALM_ROUNDS = 80;
const START = '2014-10-14T07:00:00Z';

/**
 * One history of the real delivery code, decided by a seed alone: which write of which process goes on next, who
 * crashes, who stands still, what the network does, and how time passes. Afterwards all becomes calm, and the
 * network's own list of posts judges.
 */
export async function simulate(world: World, seed: number): Promise<Verdict> {
  const chance = chanceOf(seed);
  const { context } = world;
  context.clock.set(START);
  await Promise.all([Deliveries.deleteMany({}), Incarnations.deleteMany({})]);
  await mongoose.model('Account').updateMany({}, { $set: { state: 'enabled', limitedUntil: null } });
  await Deliveries.insertMany(world.deliveries);
  const network = simulatedNetwork(chance.pick(['read-back', 'read-back', 'record-key']), () =>
    context.clock.now(),
  );
  network.fateOf = () => (chance.below(3) === 0 ? chance.pick(FATES) : 'accepted');
  const random = Math.random;
  Math.random = chance.fraction;
  try {
    const history = new History(world, network, chance);
    await history.storm();
    await history.calm();
    return await judge(seed, history, network);
  } finally {
    Math.random = random;
  }
}

class History {
  steps = 0;
  crashes = 0;
  readonly #world: World;
  readonly #network: SimulatedNetwork;
  readonly #chance: Chance;
  readonly #lanes: number[];
  #processes: Process[] = [];
  /** Requests that were on their way when their process died: they land soon, or never. */
  #orphans: Process[] = [];
  #frozen: Process | null = null;
  #started = 0;
  /** Whoever waits for a time has it at once. */
  #isCalm = false;

  constructor(world: World, network: SimulatedNetwork, chance: Chance) {
    this.#world = world;
    this.#network = network;
    this.#chance = chance;
    this.#lanes = [...new Set(world.deliveries.map(({ lane }) => lane))];
  }

  async storm(): Promise<void> {
    for (let count = 0; count < WORKERS; count += 1) await this.#begin();
    while (this.steps < STEPS) {
      this.steps += 1;
      this.#standStill();
      const process = this.#chance.pick(this.#processes.filter((other) => other !== this.#frozen));
      const fate = this.#chance.below(100);
      if (fate < 4) await this.#crash(process);
      else if (fate < 14)
        await this.#passTime(this.#chance.pick([100, 2_000, 15_000, 50_000, 70_000, 310_000]));
      else if (process.isIdle) await this.#task(process);
      else await process.step(this.#chance.fraction());
    }
  }

  /**
   * Everybody finishes what they are at, and one process does whatever is due until nothing is. Who stands still
   * goes on only then, long after everybody has given it up.
   */
  async calm(): Promise<void> {
    await this.#settleOrphans();
    this.#isCalm = true;
    const [last, ...others] = this.#processes.filter((process) => process !== this.#frozen);
    if (!last) throw new Error('There are more processes than one.');
    for (const process of [last, ...others]) await this.#finish(process);
    await this.#workOff(last);
    if (!this.#frozen) return;
    await this.#finish(this.#frozen);
    await this.#workOff(last);
  }

  async #finish(process: Process): Promise<void> {
    await process.finish(() => this.#passTime(1_000));
  }

  async #workOff(last: Process): Promise<void> {
    let lanes = this.#lanes;
    for (let round = 0; round < CALM_ROUNDS; round += 1) {
      await sweepDeliveries(last.context);
      for (const lane of lanes) await publishLane(last.context, { lane }, new AbortController().signal);
      const open = (await Deliveries.find().lean<Delivery[]>()).filter((delivery) => !isSettled(delivery));
      if (open.length === 0) return;
      lanes = [...new Set(open.map(({ lane }) => lane))];
      const next = Math.min(...open.map(({ nextAt }) => nextAt?.getTime() ?? Number.POSITIVE_INFINITY));
      if (!Number.isFinite(next)) return;
      const { clock } = this.#world.context;
      // What is overdue and does not move (its account may not publish) is given up an hour after its time.
      clock.set(new Date(Math.max(next + 5_000, clock.now().getTime() + 300_000)));
    }
  }

  /** A process stops with its request about to leave (SIGSTOP, a machine asleep), and goes on much later. */
  #standStill(): void {
    if (this.#frozen && this.#chance.below(80) > 0) return;
    const sending = this.#processes.filter((process) => process.isSending);
    this.#frozen = sending.length > 0 ? this.#chance.pick(sending) : null;
  }

  async #begin(): Promise<Process> {
    this.#started += 1;
    const name = `process-${this.#started}`;
    await Incarnations.create({
      _id: name,
      host: 'simulated',
      bootId: 'b',
      pid: 1,
      processStart: '1',
      startedAt: this.#world.context.clock.now(),
    });
    const { context } = this.#world;
    // Clocks of processes differ by up to two seconds.
    const skewMs = this.#chance.below(4_000) - 2_000;
    const own: Context = {
      ...context,
      clock: this.#clockOf(skewMs),
      queue: { ...context.queue, name },
      platforms: { x: this.#network.platform },
    };
    const process = new Process(name, own);
    this.#processes.push(process);
    return process;
  }

  #clockOf(skewMs: number): Clock {
    const { clock } = this.#world.context;
    return {
      now: () => new Date(clock.now().getTime() + skewMs),
      until: (at, signal) => {
        const then = new Date(at.getTime() - skewMs);
        if (this.#isCalm && then > clock.now()) clock.set(then);
        return clock.until(then, signal);
      },
    };
  }

  async #task(process: Process): Promise<void> {
    const lane = this.#chance.pick(this.#lanes);
    const isSweep = this.#chance.below(4) === 0;
    process.start((context) =>
      isSweep ? sweepDeliveries(context) : publishLane(context, { lane }, new AbortController().signal),
    );
    await quiet();
  }

  /** kill -9. Half of the deaths are proven to the others, at once; the others stay silence. */
  async #crash(process: Process): Promise<void> {
    this.crashes += 1;
    process.die();
    this.#processes = this.#processes.filter((other) => other !== process);
    this.#orphans.push(process);
    if (this.#chance.below(2) === 0) {
      await Incarnations.updateOne({ _id: process.name }, { endedAt: this.#world.context.clock.now() });
    }
    await this.#begin();
  }

  async #passTime(milliseconds: number): Promise<void> {
    if (milliseconds > 20_000) await this.#settleOrphans();
    const { clock } = this.#world.context;
    clock.set(new Date(clock.now().getTime() + milliseconds));
    await quiet();
  }

  async #settleOrphans(): Promise<void> {
    for (const orphan of this.#orphans) await orphan.settleRequests(() => this.#chance.below(2) === 0);
    this.#orphans = [];
  }
}

async function judge(seed: number, history: History, network: SimulatedNetwork): Promise<Verdict> {
  const deliveries = await Deliveries.find().lean<Delivery[]>();
  const shown = new Set(network.posts.map(({ text }) => text));
  const isMissing = (delivery: Delivery) =>
    delivery.state === 'published' &&
    delivery.problem === '' &&
    textsOf(delivery).some((text) => !shown.has(text));
  const isHidden = (delivery: Delivery) =>
    ['failed', 'cancelled'].includes(delivery.state) && shown.has(delivery.text);
  const describe = ({ _id, state, problem }: Delivery) => `${_id} ${state} ${problem}`;
  return {
    seed,
    steps: history.steps,
    crashes: history.crashes,
    requests: network.posts.length,
    lost: deliveries.filter((delivery) => isMissing(delivery) || isHidden(delivery)).map(describe),
    doubled: network.doubled(),
    stuck: deliveries.filter((delivery) => !isSettled(delivery)).map(describe),
  };
}
