import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Account } from '../server/domain/account.ts';
import type { Delivery } from '../server/domain/delivery.ts';
import { Deliveries } from '../server/models/delivery.ts';
import { type Rehearsal, startRehearsal } from '../server/rehearsal/start.ts';
import { openVault } from '../server/vault.ts';
import { crashNetwork } from './support/crash-networks.ts';
import { useSharedDatabase } from './support/database.ts';
import { setUpHouse, signedInAt } from './support/over-http.ts';
import { openAccounts, placeOn } from './support/place-posts.ts';
import { placeThroughPages } from './support/place-through-pages.ts';
import { type Program, startProgram } from './support/program.ts';
import { isEverythingSettled, judgePublishing } from './support/publishing-verdict.ts';
import { until } from './support/until.ts';

const POSTS = 200;

describe('two workers and the pages, each a process of its own', function suite() {
  this.timeout(240_000);
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

  const start = async (file: string, isReady: RegExp, args: string[] = []) => {
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
  const shows = (count: number) =>
    until(() => shown() >= count, { timeoutMs: 60_000, what: `${count} posts` });

  it('share the posts, and lose and double nothing when any one of them is killed', async () => {
    const stage = crashNetwork(rehearsal, 'x');
    stage.lift();
    const vault = openVault(join(dataDir, 'secret.key'));
    const accounts = await openAccounts(stage, vault, { network: 'x', accounts: 12 });
    const [account] = accounts;
    if (!account) throw new Error('twelve accounts were opened');
    let pages = await startPages();
    expect((await setUpHouse(pages.ready)).status).to.equal(303);
    await placeOn(accounts, { posts: POSTS, overMs: 20_000, inMs: 3_000 });
    const [first, second] = await Promise.all([startWorker(), startWorker()]);

    await shows(50);
    await placeNow(pages, account, POSTS);
    await shows(80);
    await first.kill();
    await shows(110);
    await pages.kill();
    await shows(125);
    await second.kill();
    const third = await startWorker();
    pages = await startPages();
    await placeNow(pages, account, POSTS + 1);

    await until(isEverythingSettled, { timeoutMs: 90_000, what: 'every delivery settled' });
    const verdict = await judgePublishing(POSTS + 2, rehearsal.x.ledger().posts);
    expect(verdict).to.deep.equal({ published: POSTS + 2, withPerson: 0, lost: 0, doubled: 0 });
    const shares = await sharesOf([first, second, third]);
    process.stdout.write(`    sent by the workers: ${shares.join(', ')}\n`);
    expect(Math.min(...shares), 'each did a share').to.be.at.least(10);
  });
});

async function placeNow({ ready }: Program, account: Account, number: number): Promise<void> {
  await placeThroughPages(await signedInAt(new URL(ready).origin), account, number);
}

/** How many posts each of these workers sent. */
async function sharesOf(workers: readonly Program[]): Promise<number[]> {
  const deliveries = await Deliveries.find().select({ attempts: 1 }).lean<Delivery[]>();
  const senders = deliveries.map(({ attempts }) => attempts.at(-1)?.incarnation);
  return workers.map(({ ready }) => senders.filter((sender) => sender === ready).length);
}
