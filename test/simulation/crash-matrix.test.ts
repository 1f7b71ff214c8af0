import { expect } from 'chai';
import { publishLane } from '../../server/actions/publish-lane.ts';
import { sweepDeliveries } from '../../server/actions/sweep-deliveries.ts';
import type { Context } from '../../server/context.ts';
import { type Delivery, FINAL_STATES, textsOf } from '../../server/domain/delivery.ts';
import { Accounts } from '../../server/models/account.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { Incarnations } from '../../server/models/incarnation.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { aDelivery, aStage, reread } from '../support/publishing.ts';
import { isSettled } from '../support/publishing-verdict.ts';
import { behind, type Gatekeeper, installGates } from './gates.ts';
import { FATES, type Fate, type SimulatedNetwork, simulatedNetwork } from './network.ts';

interface Crash {
  /** Number of the passage, from 0, at which the process ends; each effect has one before and one after it. */
  at: number;
  /** null: the crash is survived by nobody's proof, as on another host. */
  isProven: boolean;
}

const SHAPES = { post: [], thread: ['Second part.', 'Third part.'] } as const;
const WAYS = [
  ['read-back', true],
  ['read-back', false],
  ['record-key', false],
  ['none', true],
] as const;
const MOST_ROUNDS = 60;

describe('every step of publishing, crashed before and after, with every outcome', function matrix() {
  this.timeout(240_000);
  useDatabase();
  let remove: () => void = () => undefined;
  let context: TestContext;
  let pattern: Delivery;
  before(() => {
    remove = installGates([Deliveries as never, Accounts as never]);
  });
  after(() => remove());
  const prepareWorld = async (parts: readonly string[]) => {
    context = testContext();
    const variant = newId();
    const draft = await aStage(context);
    const stage = await aStage(context, {
      message: {
        variants: [
          {
            _id: variant,
            network: 'x',
            language: 'en',
            text: 'First part.',
            parts: [...parts],
            accounts: [draft.account._id],
          },
        ],
      },
    });
    pattern = await aDelivery(context, { ...stage, account: draft.account, variant });
  };

  for (const [shape, parts] of Object.entries(SHAPES)) {
    for (const [idempotency, isProven] of WAYS) {
      const name = `${shape}, ${idempotency}, sender ${isProven ? 'proven dead' : 'silent'}`;
      it(`loses nothing and doubles nothing: ${name}`, async () => {
        await prepareWorld(parts);
        const lines: string[] = [];
        for (const fate of FATES) lines.push(...(await everyCrash(fate, idempotency, isProven)));
        process.stdout.write(
          `    ${name}: ${lines.length} crashes\n${lines.map((line) => `      ${line}\n`).join('')}`,
        );
        expect(lines.length).to.be.greaterThan(50);
      });
    }
  }

  async function everyCrash(fate: Fate, idempotency: 'read-back' | 'record-key' | 'none', isProven: boolean) {
    const ends = new Map<string, Set<string>>();
    for (let at = 0; ; at += 1) {
      const { label, end } = await crashOnce(fate, idempotency, { at, isProven });
      if (!label) return [...ends].map(([where, states]) => `${fate}: ${where} → ${[...states].join(', ')}`);
      const where = `${at} ${label}`;
      ends.set(where, (ends.get(where) ?? new Set()).add(end));
    }
  }

  async function crashOnce(fate: Fate, idempotency: 'read-back' | 'record-key' | 'none', crash: Crash) {
    context.clock.set('2014-10-14T07:00:00Z');
    await Promise.all([Deliveries.deleteMany({}), Incarnations.deleteMany({})]);
    await Accounts.updateMany({}, { state: 'enabled', limitedUntil: null });
    await Deliveries.create(pattern);
    await Incarnations.create(incarnation('first'));
    const network = simulatedNetwork(idempotency, () => context.clock.now());
    let requests = 0;
    network.fateOf = () => {
      requests += 1;
      return requests === 1 ? fate : 'accepted';
    };
    const label = await runUntilCrash(network, crash.at);
    if (crash.isProven) await Incarnations.updateOne({ _id: 'first' }, { endedAt: context.clock.now() });
    const settled = await recover(network);
    judge(settled, network, `${fate}, crash at ${crash.at} (${label})`);
    return { label, end: settled.state };
  }

  async function runUntilCrash(network: SimulatedNetwork, at: number): Promise<string> {
    let passages = 0;
    let label = '';
    let crashed: () => void = () => undefined;
    const crash = new Promise<void>((resolve) => {
      crashed = resolve;
    });
    const keeper: Gatekeeper = {
      pass(effect, moment) {
        passages += 1;
        if (passages <= at) return Promise.resolve();
        label ||= `${moment} ${effect}`;
        crashed();
        return new Promise(() => undefined);
      },
    };
    await Promise.race([behind(keeper, () => run(as('first', network))), crash]);
    return label;
  }

  /** Another process goes on, at the times at which something is due, until nothing is left to do. */
  async function recover(network: SimulatedNetwork): Promise<Delivery> {
    const second = as('second', network);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      await sweepDeliveries(second);
      await run(second);
      const delivery = await reread(pattern);
      if (isSettled(delivery)) return delivery;
      expect(delivery.nextAt, `nobody will ever look at a delivery that is ${delivery.state}`).not.to.equal(
        null,
      );
      const next = Math.max(delivery.nextAt?.getTime() ?? 0, context.clock.now().getTime() + 1_000);
      context.clock.set(new Date(next));
    }
    throw new Error(`not settled: ${JSON.stringify(await reread(pattern))}`);
  }

  const as = (name: string, { platform }: SimulatedNetwork): Context => ({
    ...context,
    platforms: { x: platform },
    queue: { ...context.queue, name },
  });
  const run = (world: Context) => publishLane(world, { lane: pattern.lane }, new AbortController().signal);
  const incarnation = (_id: string) => ({
    _id,
    host: 'another host',
    bootId: 'b',
    pid: 1,
    processStart: '1',
    startedAt: context.clock.now(),
  });
});

/** By the network's own list: nothing twice; what is called published is there, in its order; what is not is with a person. */
function judge(delivery: Delivery, network: SimulatedNetwork, what: string): void {
  expect(network.doubled(), what).to.deep.equal([]);
  if (delivery.state === 'published' && delivery.problem === '') {
    expect(
      network.posts.map(({ text }) => text),
      what,
    ).to.deep.equal(textsOf(delivery));
    expect(network.posts.map(({ parent }) => parent).slice(1), what).to.deep.equal(
      network.posts.map(({ id }) => id).slice(0, -1),
    );
    expect(delivery.remoteId, what).to.equal(network.posts[0]?.id);
  }
  if ((FINAL_STATES as readonly string[]).includes(delivery.state) && delivery.state !== 'published') {
    expect(network.posts, what).to.deep.equal([]);
  }
}
