import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { checkFormat } from '../../server/database/embedded/format.ts';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import { until } from '../support/until.ts';

const program = new URL('../../server/database/embedded/main.cjs', import.meta.url).pathname;

describe('The embedded database alone', function suite() {
  this.timeout(30_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-alone-'));
  let child: ChildProcess;
  let printed = '';
  let uri = '';

  const run = (directory: string, port = '0') =>
    spawn(process.execPath, [program], {
      env: { ...process.env, DATA_DIR: directory, DATABASE_PORT: port, MONGODB_URI: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  before('start it by hand', async () => {
    child = run(dataDir);
    child.stdout?.on('data', (text) => {
      printed += text;
    });
    await until(() => printed.includes('mongodb://'), { timeoutMs: 20_000, what: 'the address' });
    uri = /mongodb:\S+/.exec(printed)?.[0] ?? '';
  });
  after(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  });

  const failureOf = async (address: string) => {
    const client = new MongoClient(address, { serverSelectionTimeoutMS: 3_000 });
    try {
      await client.db().collection('things').findOne();
      return undefined;
    } catch (error) {
      return error as { code?: number; message: string };
    } finally {
      await client.close();
    }
  };

  it('prints an address that works', async () => {
    expect(await failureOf(uri)).to.equal(undefined);
  });

  it('lets nobody in without a password or with a wrong one', async () => {
    const { port, password } = new URL(uri);
    expect(await failureOf(`mongodb://127.0.0.1:${port}/rejoinder?directConnection=true`)).to.include({
      code: 13,
    });
    expect(await failureOf(uri.replace(password, 'guessed'))).to.include({ code: 18 });
    expect(await failureOf(uri.replace('rejoinder:', 'admin:'))).to.include({ code: 18 });
  });

  it('keeps what it tells and holds for its owner only', function modes() {
    if (process.platform === 'win32') this.skip();
    for (const file of ['database/credential', 'address.json'])
      expect(statSync(join(dataDir, file)).mode & 0o077, file).to.equal(0);
    expect(statSync(join(dataDir, 'database')).mode & 0o077).to.equal(0);
  });

  it('answers on the loopback address only', () => {
    expect(new URL(uri).hostname).to.equal('127.0.0.1');
  });

  it('refuses a second owner of its directory, with a sentence', async () => {
    const failure = await startEmbeddedDatabase({ dataDir }).catch((error: Error) => error);
    expect((failure as Error).message).to.match(
      /already open in another process\. Stop that process, or choose/,
    );
  });

  it('says which port is in use, and how to choose another', async () => {
    const other = mkdtempSync(join(tmpdir(), 'rejoinder-port-'));
    const { port } = new URL(uri);
    const second = run(other, port);
    let told = '';
    second.stderr?.on('data', (text) => {
      told += text;
    });
    const [code] = await once(second, 'exit');
    expect({ code, told }).to.deep.equal({
      code: 1,
      told: `The port ${port} is in use. Stop the program that uses it, or choose another with DATABASE_PORT.\n`,
    });
    rmSync(other, { recursive: true, force: true });
  });

  it('refuses data of a later format and leaves it alone', async () => {
    const other = mkdtempSync(join(tmpdir(), 'rejoinder-later-'));
    await (await startEmbeddedDatabase({ dataDir: other })).stop();
    writeFileSync(join(other, 'database', 'format'), '99\n');
    const failure = await startEmbeddedDatabase({ dataDir: other }).catch((error: Error) => error);
    expect((failure as Error).message).to.match(/has format 99, but this version reads format \d+/);
    expect(readFileSync(join(other, 'database', 'format'), 'utf8')).to.equal('99\n');
    rmSync(other, { recursive: true, force: true });
  });

  it('upgrades data of an earlier format step by step', () => {
    const other = mkdtempSync(join(tmpdir(), 'rejoinder-earlier-'));
    writeFileSync(join(other, 'format'), '1\n');
    writeFileSync(join(other, 'data.mdb'), 'data');
    const taken: number[] = [];
    checkFormat(other, 3, { 1: () => taken.push(1), 2: () => taken.push(2) });
    expect(taken).to.deep.equal([1, 2]);
    expect(readFileSync(join(other, 'format'), 'utf8')).to.equal('3\n');
    expect(() => checkFormat(other, 5, { 3: () => taken.push(3) })).to.throw(/has format 4/);
    rmSync(other, { recursive: true, force: true });
  });
});
