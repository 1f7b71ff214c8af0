import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { sweepDeliveries } from '../server/actions/sweep-deliveries.ts';
import type { Delivery } from '../server/domain/delivery.ts';
import { Deliveries } from '../server/models/delivery.ts';
import { Incarnations } from '../server/models/incarnation.ts';
import { type Rehearsal, startRehearsal } from '../server/rehearsal/start.ts';
import { openVault } from '../server/vault.ts';
import type { BundledProgram } from './support/bundle.ts';
import { crashNetwork } from './support/crash-networks.ts';
import { useSharedDatabase } from './support/database.ts';
import { setUpHouse, signedInAt } from './support/over-http.ts';
import { openAccounts, placeOn } from './support/place-posts.ts';
import { placeThroughPages } from './support/place-through-pages.ts';
import { type Program, startProgram } from './support/program.ts';
import { isEverythingSettled, judgePublishing } from './support/publishing-verdict.ts';
import { until } from './support/until.ts';
import { workerContext } from './support/worker-context.ts';

/** Posts of one go: each is due within six seconds. */
const BATCH = 96;

describe('two workers and the pages, each a process of its own', function suite() {
  this.timeout(600_000);
  const database = useSharedDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-shared-'));
  const running: Program[] = [];
  /** The network outlives everything that is killed here. */
  let rehearsal: Rehearsal;

  before(async () => {
    rehearsal = await startRehearsal({ dataDir: join(dataDir, 'rehearsal') });
  });
  after(async () => {
    for (const program of running) await program.kill();
    await rehearsal.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = async (file: BundledProgram, isReady: RegExp, args: string[] = []) => {
    const addresses = { PORT: '0', REHEARSAL_PORT: '0', REHEARSAL_X_URL: rehearsal.url };
    const program = await startProgram({
      ...{ file, args, isReady, preloads: ['test/support/short-waits.ts'] },
      env: { DATA_DIR: dataDir, MONGODB_URI: database.uri, LOG_LEVEL: 'info', ...addresses },
    });
    running.push(program);
    return program;
  };
  const startPages = () => start('server/main.ts', /Open (http\S+)/, ['--web']);
  const startWorker = () => start('jobs/main.ts', /"incarnation":"([^"]+)".*worker started/);
  const shown = () => rehearsal.x.ledger().posts.length;

  it('share the posts, and lose and double nothing when any one of them is killed', async () => {
    const stage = crashNetwork(rehearsal, 'x');
    stage.lift();
    const vault = openVault(join(dataDir, 'secret.key'));
    const accounts = await openAccounts(stage, vault, { network: 'x', accounts: 12 });
    const sweeper = await workerContext(rehearsal.url, vault);
    let placed = 0;
    const place = async () => {
      await placeOn(accounts, { posts: BATCH, overMs: 6_000, from: placed });
      placed += BATCH;
      await sweepDeliveries(sweeper);
    };
    /** A member places a text through the pages. */
    const placeNow = async ({ ready }: Program) => {
      const [account] = accounts;
      if (!account) throw new Error('twelve accounts were opened');
      await placeThroughPages(await signedInAt(new URL(ready).origin), account, placed);
      placed += 1;
    };
    const letEachSend = (workers: readonly Program[]) =>
      until(
        async () => {
          if (await isEverythingSettled()) await place();
          return Math.min(...(await sharesOf(workers))) >= 10;
        },
        { timeoutMs: 120_000, what: 'ten posts by each' },
      );
    const letSend = async (posts: number) => {
      const before = shown();
      await until(() => shown() >= before + posts, { timeoutMs: 60_000, what: `${posts} posts more` });
    };

    const pages = await startPages();
    expect((await setUpHouse(pages.ready)).status).to.equal(303);
    const [first, second] = await Promise.all([startWorker(), startWorker()]);
    await letEachSend([first, second]);
    await placeNow(pages);
    await place();
    await letSend(10);
    await first.kill();
    const isKnownDead = async () => (await Incarnations.findById(first.ready).lean())?.endedAt !== null;
    await until(isKnownDead, { timeoutMs: 20_000, what: 'the other worker knows, before the next sweep' });
    await pages.kill();
    await place();
    await letSend(BATCH / 2);
    await second.kill();
    const third = await startWorker();
    await placeNow(await startPages());
    await letEachSend([third]);

    await until(isEverythingSettled, { timeoutMs: 90_000, what: 'every delivery settled' });
    const verdict = await judgePublishing('x', placed, rehearsal.x.ledger().posts);
    expect(verdict).to.deep.equal({ published: placed, withPerson: 0, lost: 0, doubled: 0 });
    const shares = await sharesOf([first, second, third]);
    process.stdout.write(`    sent by the workers: ${shares.join(', ')}\n`);
  });
});

/** How many posts each of these workers sent. */
async function sharesOf(workers: readonly Program[]): Promise<number[]> {
  const deliveries = await Deliveries.find().select({ attempts: 1 }).lean<Delivery[]>();
  const senders = deliveries.map(({ attempts }) => attempts.at(-1)?.incarnation);
  return workers.map(({ ready }) => senders.filter((sender) => sender === ready).length);
}
