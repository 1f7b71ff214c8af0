import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import request from 'supertest';
import { wallTimeOf } from '../server/domain/calendar-time.ts';
import { type RunningApp, startApp } from './support/running-app.ts';
import { until } from './support/until.ts';

const PERSON = { email: 'nadia@opendoor.example', password: 'four quiet lanterns' };
const MINUTE = 60_000;

describe('When everything is killed at once', function killAll() {
  this.timeout(150_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-kill-all-'));
  let app: RunningApp | undefined;

  after(async () => {
    await app?.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('a post that was placed still goes out, once', async () => {
    const rehearsalPort = await freePort();
    app = await startApp({ dataDir, rehearsalPort });
    const { pathname } = new URL(app.setupLink);
    const setup = { organisation: 'Open Door', name: 'Nadia', language: 'en', timeZone: 'Europe/Brussels' };
    const loaded = await agent(app)
      .post(pathname)
      .type('form')
      .send({ ...setup, ...PERSON, loadsDemo: 'on' });
    expect(loaded.status).to.equal(201);
    const before = await ledger(rehearsalPort);

    const scheduler = await signedIn(app);
    const { text: choices } = await scheduler.get('/posts/new');
    const [choice = ''] = [...choices.matchAll(/href="(\/posts\/new\?[^"]+)"/g)].map(([, href]) => href);
    const { text: form } = await scheduler.get(choice.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
    const sent = (name: string) => new RegExp(`name="${name}"[^>]* value="([^"]+)"`).exec(form)?.[1] ?? '';
    const dueAt = new Date(Math.ceil((Date.now() + 5_000) / MINUTE) * MINUTE);
    const placed = await scheduler
      .post('/posts')
      .type('form')
      .send({
        _token: sent('_token'),
        message: sent('message'),
        variant: sent('variant'),
        account: sent('account'),
        when: 'at',
        wallTime: wallTimeOf(dueAt, 'Europe/Brussels').slice(0, 16),
        seenWarnings: 'on',
      });
    await app.kill();
    expect(placed.status, placed.text).to.equal(303);

    app = await startApp({ dataDir, rehearsalPort });
    await until(async () => (await ledger(rehearsalPort)).length > before.length, {
      timeoutMs: 90_000,
      what: 'the post is on the network',
    });
    await app.kill();
    app = await startApp({ dataDir, rehearsalPort });
    const again = await signedIn(app);
    await until(
      async () => {
        const { text } = await again.get(String(placed.headers.location));
        return /published|unclear|looked up|needs/i.test(text);
      },
      { timeoutMs: 30_000, what: 'the post is settled, or somebody is asked' },
    );
    expect(await ledger(rehearsalPort)).to.have.length(before.length + 1);
  });
});

const agent = ({ origin }: RunningApp) =>
  request.agent(origin).set('Sec-Fetch-Site', 'same-origin').set('Accept', 'text/html');

async function signedIn(app: RunningApp) {
  const browser = agent(app);
  expect((await browser.post('/session').type('form').send(PERSON)).status).to.equal(303);
  return browser;
}

/** Texts that are really on the network. */
async function ledger(port: number): Promise<string[]> {
  const { body } = await request(`http://127.0.0.1:${port}`).get('/rehearsal/x/ledger');
  return (body as { posts: { text: string }[] }).posts.map(({ text }) => text);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
