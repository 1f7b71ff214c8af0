import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openJournal } from '../../server/rehearsal/journal.ts';
import { runnable } from '../support/bundle.ts';
import { useRehearsal } from './support.ts';

describe('the rehearsal journal', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    path = join(folder, 'sub', 'journal.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function read(): Promise<unknown[]> {
    const events: unknown[] = [];
    await openJournal(path, (event) => events.push(event)).close();
    return events;
  }

  async function write(...events: unknown[]): Promise<void> {
    const journal = openJournal<unknown>(path, () => undefined);
    for (const event of events) journal.record(event);
    await journal.close();
  }

  it('tells again what was recorded', async () => {
    await write({ text: 'é\n👋' }, { text: 'b' });
    expect(await read()).to.deep.equal([{ text: 'é\n👋' }, { text: 'b' }]);
  });

  for (const torn of ['{"text":"to', '{"text":"torn"}', '\u0000\u0000\u0000\n', '{"te\n']) {
    it(`cuts off a torn last line: ${JSON.stringify(torn)}`, async () => {
      await write({ text: 'a' });
      appendFileSync(path, torn);
      expect(await read()).to.deep.equal([{ text: 'a' }]);
      await write({ text: 'b' });
      expect(await read()).to.deep.equal([{ text: 'a' }, { text: 'b' }]);
    });
  }

  it('refuses to go on from a line that is damaged in the middle', async () => {
    await write({ text: 'a' }, { text: 'b' });
    writeFileSync(path, readFileSync(path, 'utf8').replace('"a"', 'a'));
    expect(() => openJournal(path, () => undefined)).to.throw(/damaged at line 1/);
  });
});

describe('the rehearsal X: memory', () => {
  const rehearsal = useRehearsal();

  it('finds everything again after a restart', async () => {
    const { x } = rehearsal.current;
    const credentials = await x.registerAccount({ username: 'comehome_eu', name: 'Come Home' });
    const client = rehearsal.oauth1(credentials);
    const kept = await client.v2.tweet('Kept');
    const gone = await client.v2.tweet('Gone');
    await client.v2.deleteTweet(gone.data.id);
    const before = x.ledger();
    const after = (await rehearsal.reopen()).x.ledger();
    expect(after).to.deep.equal(before);
    expect(after.posts.map(({ id, deletedAt }) => [id, deletedAt === null])).to.deep.equal([
      [kept.data.id, true],
      [gone.data.id, false],
    ]);
    await rehearsal.oauth1(credentials).v2.me();
  });

  it('removes an account with its posts, for good', async () => {
    const { x } = rehearsal.current;
    const credentials = await x.registerAccount({ username: 'comehome_eu', name: 'Come Home' });
    await rehearsal.oauth1(credentials).v2.tweet('Kept');
    expect(await x.removeAccount('ComeHome_eu')).to.equal(true);
    expect(await x.removeAccount('comehome_eu')).to.equal(false);
    const { x: again } = await rehearsal.reopen();
    expect(again.ledger().posts).to.have.length(0);
    expect(again.accounts()).to.have.length(0);
  });
});

describe('the rehearsal X: kill -9', () => {
  it('still has every post that was acknowledged', async function () {
    this.timeout(30_000);
    const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
    let child = await start(folder);
    try {
      const keys = (await call(child.url, 'POST', '/accounts', {
        username: 'comehome_eu',
        name: 'Come Home',
      })) as {
        oauth2: { accessToken: string };
      };
      await call(child.url, 'PUT', '/limits', { endpoints: { createTweet: { perUser: null } } });
      const acknowledged: string[] = [];
      const publishing = publishUntilDead(child.url, keys.oauth2.accessToken, acknowledged);
      while (acknowledged.length < 40) await new Promise((resolve) => setImmediate(resolve));
      child.process.kill('SIGKILL');
      await publishing;

      child = await start(folder);
      const { posts } = (await call(child.url, 'GET', '/ledger')) as { posts: { id: string }[] };
      expect(posts.map(({ id }) => id)).to.include.members(acknowledged);
    } finally {
      child.process.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });

  async function start(folder: string): Promise<{ process: ChildProcess; url: string }> {
    const { execArgv, path } = await runnable('server/rehearsal/main.ts');
    const child = spawn(process.execPath, [...execArgv, path, '--data', folder, '--port', '0']);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { process: child, url: /http:\S+(?=\/rehearsal\/x)/.exec(line.toString())?.[0] ?? '' };
  }

  async function call(url: string, method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${url}/rehearsal/x${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    return response.status === 204 ? null : response.json();
  }

  async function publishUntilDead(url: string, token: string, acknowledged: string[]): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const worker = async (lane: number) => {
      for (let index = 0; index < 5_000; index += 1) {
        const body = JSON.stringify({ text: `Post ${lane} ${index}` });
        const response = await fetch(`${url}/2/tweets`, { method: 'POST', headers, body });
        const { data } = (await response.json()) as { data?: { id: string } };
        if (data) acknowledged.push(data.id);
      }
    };
    await Promise.allSettled([0, 1, 2, 3].map(worker));
  }
});
