import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { connectDatabase } from '../server/database/connect.ts';
import { discoverEmbeddedDatabase } from '../server/database/embedded/discover.ts';
import type { Account } from '../server/domain/account.ts';
import type { Delivery } from '../server/domain/delivery.ts';
import { Accounts } from '../server/models/account.ts';
import { Credentials } from '../server/models/credential.ts';
import { Deliveries } from '../server/models/delivery.ts';
import { TrailEvents } from '../server/models/trail.ts';
import { type Rehearsal, startRehearsal } from '../server/rehearsal/start.ts';
import { openVault } from '../server/vault.ts';
import { connectInEveryWay, enable } from './support/connect-through-pages.ts';
import { fillIn, setUpHouse, signedInAt, type Visitor } from './support/over-http.ts';
import { placeThroughPages } from './support/place-through-pages.ts';
import { type Program, startProgram } from './support/program.ts';
import { isEverythingSettled } from './support/publishing-verdict.ts';
import { databaseText, filesBelow, type Haystack, tracesOf } from './support/traces.ts';
import { until } from './support/until.ts';
import { openWiretap, type Wiretap } from './support/wiretap.ts';

const PUBLISHING = /^\/2\/tweets|^\/api\/v1\/statuses|createRecord|putRecord|applyWrites/;
type Placed = Awaited<ReturnType<typeof placeThroughPages>>;

const MEMBERS_PASSWORD = 'four quiet lanterns';

describe('Secrets of accounts', function suite() {
  this.timeout(180_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-secrets-'));
  let rehearsal: Rehearsal;
  let wiretap: Wiretap;
  let house: Program;
  let person: Visitor;

  before('start the house with its networks behind a wiretap', async () => {
    rehearsal = await startRehearsal({ dataDir: join(dataDir, 'networks') });
    wiretap = await openWiretap(rehearsal.url);
    const { url } = wiretap;
    const networks = { REHEARSAL_X_URL: url, REHEARSAL_MASTODON_URL: url, REHEARSAL_BLUESKY_URL: url };
    house = await startProgram({
      file: 'server/main.ts',
      preloads: ['test/support/short-waits.ts'],
      isReady: /Open (http\S+)/,
      env: {
        ...{ DATA_DIR: dataDir, MONGODB_URI: '', PORT: '0', REHEARSAL_PORT: '0', LOG_LEVEL: 'trace' },
        ...networks,
      },
    });
    await connectDatabase((await discoverEmbeddedDatabase(dataDir)) ?? '');
    expect((await setUpHouse(house.ready)).status).to.equal(303);
    person = await signedInAt(new URL(house.ready).origin);
  });
  after(async () => {
    await mongoose.disconnect();
    await house?.kill();
    await wiretap?.stop();
    await rehearsal?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('are nowhere but in the vault: not in the database, its files, logs, pages, exports or jobs', async () => {
    const accountPages = await connectInEveryWay(person, rehearsal);
    for (const page of accountPages) await enable(person, page);
    const typed = await keptSecrets();
    expect(typed).to.have.length.above(10);

    const accounts = await Accounts.find().lean<Account[]>();
    const placed = await placeOnEach(accounts, 0);
    expect(await statesOf()).to.deep.equal(accounts.map(() => 'published'));
    expect(await TrailEvents.countDocuments({ verb: 'credential renewed' })).to.be.at.least(2);
    // Networks refuse what they are sent, and quote it with all that it was authorised with.
    wiretap.refuseNext(accounts.length, PUBLISHING);
    const refused = await placeOnEach(accounts, accounts.length);
    wiretap.refuseNext(1, /oauth2.token/);
    refused.push(...(await placeOnEach(accounts, 2 * accounts.length)));
    const states = countBy(await statesOf());
    expect(states).to.deep.equal({ published: 9, failed: 5, 'auth-needed': 1 });

    await readFigures(placed);
    const seen = await lookAround([...placed, ...refused], accountPages);
    const database = await databaseText();
    await house.stop();
    const haystacks = [
      ...seen,
      ...database,
      ...filesBelow(dataDir, ['networks']),
      { name: 'the log', bytes: Buffer.from(house.lines.join('\n')) },
    ];
    expectToBeReadable(haystacks, accounts);
    const secrets = [...new Set([...typed, ...wiretap.secrets, MEMBERS_PASSWORD])];
    process.stdout.write(`    ${secrets.length} secrets, looked for in ${haystacks.length} places\n`);
    expect(secrets.flatMap((secret) => tracesOf(secret, haystacks))).to.deep.equal([]);
  });

  /** What the vault keeps, opened as the house itself opens it. */
  async function keptSecrets(): Promise<string[]> {
    const vault = openVault(join(dataDir, 'secret.key'));
    const stored = await Credentials.find().lean();
    return stored.flatMap((one) =>
      Object.entries(vault.open(one.account, one)).flatMap(([name, value]) =>
        /token|secret|appKey/i.test(name) ? [value] : [],
      ),
    );
  }

  async function placeOnEach(accounts: readonly Account[], from: number): Promise<Placed[]> {
    const placed: Placed[] = [];
    for (const [index, account] of accounts.entries()) {
      placed.push(await placeThroughPages(person, account, from + index));
    }
    await until(isEverythingSettled, { timeoutMs: 60_000, what: 'every delivery settled' });
    return placed;
  }

  async function statesOf(): Promise<string[]> {
    const deliveries = await Deliveries.find().select({ state: 1 }).lean<Delivery[]>();
    return deliveries.map(({ state }) => state);
  }

  async function readFigures(placed: readonly Placed[]): Promise<void> {
    for (const { campaign } of placed) {
      const [page, action] = [`/campaigns/${campaign}/report`, `/campaigns/${campaign}/measurement`];
      expect((await fillIn(person, { page, action, fields: {} })).status).to.equal(303);
    }
  }

  /** Opens every page that tells of accounts, deliveries and figures, and downloads the exports. */
  async function lookAround(placed: readonly Placed[], accountPages: readonly string[]): Promise<Haystack[]> {
    const reports = placed.map(({ campaign }) => `/campaigns/${campaign}/report`);
    const paths = [
      ...['/', '/accounts', '/deliveries', '/replies', '/settings/trail', '/calendar', '/settings/me'],
      ...accountPages,
      ...placed.flatMap(({ campaign, post }) => [`/posts/${post}`, `/campaigns/${campaign}/trail`]),
      ...reports.flatMap((report) => [report, `${report}.csv`, `${report}.json`]),
    ];
    const looks: Haystack[] = [];
    for (const path of paths) {
      const { status, text } = await person.get(path).buffer(true);
      expect(status, path).to.equal(200);
      looks.push({ name: `page ${path}`, bytes: Buffer.from(text) });
    }
    return looks;
  }
});

function countBy(states: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** What may be read is found, so that nothing was looked for in vain. */
function expectToBeReadable(haystacks: readonly Haystack[], accounts: readonly Account[]): void {
  for (const { handle } of accounts) {
    const found = tracesOf(handle, haystacks).join('\n');
    for (const place of ['collection accounts', 'page /accounts', 'data.mdb'])
      expect(found).to.include(place);
  }
  expect(tracesOf('delivery settled', haystacks)).to.deep.equal(['the log, as it is']);
}
