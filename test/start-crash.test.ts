import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import request from 'supertest';
import { asTyped, type Runnable, runnable } from './support/bundle.ts';
import { until } from './support/until.ts';

const PERSON = { email: 'nadia@opendoor.example', password: 'four quiet lanterns' };
/** Supervisors of containers lose patience after this. */
const STOPS_WITHIN_MS = 10_000;

describe('npm start', function suite() {
  this.timeout(180_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-start-'));
  const started = new Set<ChildProcess>();

  after(() => {
    for (const server of started) killGroup(server);
    rmSync(dataDir, { recursive: true, force: true });
  });

  let main: Runnable;
  before(async () => {
    main = await runnable('server/main.ts');
  });

  const start = (settings: Record<string, string> = {}, { execArgv, path } = main) => {
    const env = { ...process.env, MONGODB_URI: '', DATA_DIR: dataDir, PORT: '0', REHEARSAL_PORT: '0' };
    const server = spawn(process.execPath, [...execArgv, path], {
      env: { ...env, LOG_LEVEL: 'silent', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that the database process dies in the same moment.
      detached: true,
    });
    started.add(server);
    server.once('exit', () => started.delete(server));
    return server;
  };

  const signIn = async (origin: string) => {
    const browser = request.agent(origin).set('Sec-Fetch-Site', 'same-origin').set('Accept', 'text/html');
    const { status } = await browser.post('/session').type('form').send(PERSON);
    return { browser, status };
  };

  it('keeps what was acknowledged when everything is killed in that moment, again and again', async () => {
    let server = start();
    const link = new URL(await printedAddress(server));
    const setup = { organisation: 'Open Door', name: 'Nadia', language: 'en', timeZone: 'Europe/Brussels' };
    const guest = request.agent(link.origin).set('Sec-Fetch-Site', 'same-origin').set('Accept', 'text/html');
    const made = await guest
      .post(link.pathname)
      .type('form')
      .send({ ...setup, ...PERSON });
    await kill(server);
    expect(made.status).to.equal(303);
    const titles = ['First', 'Second', 'Third'].map((word) => `${word} campaign`);
    for (const title of titles) {
      server = start();
      const { browser, status } = await signIn(new URL(await printedAddress(server)).origin);
      expect(status, 'the member is there').to.equal(303);
      const form = await browser.get('/campaigns/new');
      const token = /name="_token" value="([^"]+)"/.exec(form.text)?.[1];
      const created = await browser.post('/campaigns').type('form').send({ _token: token, title });
      await kill(server);
      expect(created.status, created.text).to.equal(303);
    }
    server = start();
    const { browser } = await signIn(new URL(await printedAddress(server)).origin);
    const list = await browser.get('/campaigns');
    for (const title of titles) expect(list.text).to.include(title);
    expect(await stop(server)).to.equal(0);
  });

  it('says what to do when it is started twice on one data directory', async () => {
    const first = start();
    await printedAddress(first);
    const second = await ending(start({}, asTyped('server/main.ts')));
    expect(second.code).to.equal(1);
    expect(second.said).to.include('already open in another process').and.include('DATA_DIR');
    expect(second.said.trim().split('\n')).to.have.length(1);
    expect(await stop(first)).to.equal(0);
  });

  it('stops cleanly at Ctrl+C, which reaches its database too', async () => {
    const server = start({}, asTyped('server/main.ts'));
    await printedAddress(server);
    const ended = ending(server);
    process.kill(-(server.pid ?? 0), 'SIGINT');
    expect(await ended).to.include({ code: 0, said: '' });
  });

  for (const [moment, sign] of [
    ['when its database begins to start', 'database'],
    ['when its database has just started', 'address.json'],
    ['when its networks start', 'rehearsal'],
  ] as const) {
    it(`stops cleanly at SIGTERM to its whole group, twice as by npm, ${moment}`, async () => {
      const directory = mkdtempSync(join(dataDir, 'stopped-'));
      const server = start({ DATA_DIR: directory, LOG_LEVEL: 'warn' }, asTyped('server/main.ts'));
      const ended = ending(server);
      await until(() => existsSync(join(directory, sign)), { timeoutMs: 60_000, what: sign });
      process.kill(-(server.pid ?? 0), 'SIGTERM');
      server.kill('SIGTERM');
      const { code, said, printed } = await ended;
      expect({ code, said }).to.deep.equal({ code: 0, said: '' });
      expect(printed, 'nothing went wrong on the way').not.to.include('"level"');
    });
  }

  for (const setting of ['PORT', 'REHEARSAL_PORT']) {
    it(`says what to do when ${setting} is taken, and leaves nothing running`, async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as { port: number };
      const refused = await ending(start({ [setting]: String(port) }));
      other.close();
      expect(refused.code).to.equal(1);
      expect(refused.said)
        .to.include(String(port))
        .and.match(/set (REHEARSAL_)?PORT to another number/i);
      expect(refused.said.trim().split('\n')).to.have.length(1);
      const next = start();
      await printedAddress(next);
      expect(await stop(next)).to.equal(0);
    });
  }
});

/** Resolves with the address that the server prints once it can be used. */
async function printedAddress(server: ChildProcess): Promise<string> {
  if (!server.stdout) throw new Error('the server has no output');
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /Open (http\S+)/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error('The server ended before it printed an address.');
}

/** Its exit code, and what it said about errors and printed from now on. */
async function ending(server: ChildProcess): Promise<{ code: number; said: string; printed: string }> {
  let said = '';
  let printed = '';
  server.stdout?.on('data', (chunk) => {
    printed += chunk;
  });
  server.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(server, 'close');
  return { code, said, printed };
}

/** Asks for a clean end and gives the exit code. */
async function stop(server: ChildProcess): Promise<number> {
  const ended = once(server, 'exit', { signal: AbortSignal.timeout(STOPS_WITHIN_MS) });
  server.kill('SIGTERM');
  const [code] = await ended;
  return code;
}

async function kill(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit');
  killGroup(server);
  await ended;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid) process.kill(-pid, 'SIGKILL');
}
