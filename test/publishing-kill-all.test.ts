import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import request from 'supertest';
import { wallTimeOf } from '../server/domain/calendar-time.ts';
import { fillIn, setUpHouse, signedInAt } from './support/over-http.ts';
import { type RunningApp, startApp } from './support/running-app.ts';
import { until } from './support/until.ts';

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
    const loaded = await setUpHouse(app.setupLink, { loadsDemo: true });
    expect(loaded.status).to.equal(201);
    const before = await ledger(rehearsalPort);

    const scheduler = await signedInAt(app.origin);
    const { text: choices } = await scheduler.get('/posts/new');
    const [choice = ''] = [...choices.matchAll(/href="(\/posts\/new\?[^"]+)"/g)].map(([, href]) => href);
    const page = choice.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
    const { text: form } = await scheduler.get(page);
    const account = /name="account"[^>]* value="([^"]+)"/.exec(form)?.[1] ?? '';
    const dueAt = new Date(Math.ceil((Date.now() + 5_000) / MINUTE) * MINUTE);
    const wallTime = wallTimeOf(dueAt, 'Europe/Brussels').slice(0, 16);
    const placed = await fillIn(scheduler, {
      page,
      action: '/posts',
      fields: { account, when: 'at', wallTime, seenWarnings: 'on' },
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
    const again = await signedInAt(app.origin);
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
