import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import request from 'supertest';
import { discoverEmbeddedDatabase } from '../server/database/embedded/discover.ts';
import { type RunningApp, startApp } from './support/running-app.ts';
import { until } from './support/until.ts';

const PERSON = { email: 'nadia@opendoor.example', password: 'four quiet lanterns' };
const PLACE = { organisation: 'Open Door', name: 'Nadia', language: 'en', timeZone: 'Europe/Brussels' };

describe('npm start, when its database process is killed', function suite() {
  this.timeout(60_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-database-crash-'));
  let app: RunningApp;
  let browser: ReturnType<typeof request.agent>;

  before('an organisation with one member', async () => {
    app = await startApp({ dataDir });
    browser = request.agent(app.origin).set('Sec-Fetch-Site', 'same-origin').set('Accept', 'text/html');
    const path = new URL(app.setupLink).pathname;
    const made = await browser
      .post(path)
      .type('form')
      .send({ ...PLACE, ...PERSON });
    expect(made.status).to.equal(303);
  });
  after(async () => {
    await app.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The process that serves the data, as it says itself; 0 while there is none. */
  const databaseProcess = async (): Promise<number> => {
    const uri = await discoverEmbeddedDatabase(dataDir);
    if (!uri) return 0;
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 2_000 });
    try {
      return Number((await client.db().admin().serverStatus()).pid);
    } catch {
      return 0;
    } finally {
      await client.close();
    }
  };

  const home = () =>
    browser.get('/').then(
      ({ status }) => status,
      () => 0,
    );

  it('starts it again and goes on, with the member still signed in, twice in a row', async () => {
    for (let time = 0; time < 2; time += 1) {
      const before = await databaseProcess();
      expect(before).to.be.above(0);
      process.kill(before, 'SIGKILL');
      await until(async () => (await home()) === 200, { timeoutMs: 20_000, what: 'a page again' });
      const guest = request.agent(app.origin).set('Sec-Fetch-Site', 'same-origin').set('Accept', 'text/html');
      const { status } = await guest.post('/session').type('form').send(PERSON);
      expect(status, 'signing in anew, which writes').to.equal(303);
      await until(async () => ![0, before].includes(await databaseProcess()), { what: 'another process' });
    }
  });
});
