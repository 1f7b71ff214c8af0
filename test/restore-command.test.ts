import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { recordEvent } from '../server/actions/record-event.ts';
import { readConfig } from '../server/config.ts';
import { backUp } from '../server/database/back-up.ts';
import { connectDatabase } from '../server/database/connect.ts';
import { startEmbeddedDatabase } from '../server/database/embedded/start.ts';
import { openFittingVault } from '../server/fitting-vault.ts';
import { openVault } from '../server/vault.ts';
import { runnable } from './support/bundle.ts';
import { testContext } from './support/context.ts';

const run = promisify(execFile);

describe('A backup on another machine', function suite() {
  this.timeout(120_000);
  const directory = mkdtempSync(join(tmpdir(), 'rejoinder-move-'));
  const [old, fresh, file] = ['old', 'fresh', 'backup.gz'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  after(() => rmSync(directory, { recursive: true, force: true }));

  const command = async (name: 'audit-verify' | 'doctor' | 'main' | 'restore', ...args: string[]) => {
    const { execArgv, path } = await runnable(`server/${name}.ts`);
    const settings = {
      DATA_DIR: fresh,
      MONGODB_URI: '',
      LOG_LEVEL: 'silent',
      PORT: '0',
      REHEARSAL_PORT: '0',
    };
    const env = { ...process.env, ...settings };
    const ended = run(process.execPath, [...execArgv, path, ...args], { env });
    const { code = 0, stdout, stderr } = await ended.catch((error) => error);
    return { code, said: `${stdout}${stderr}` };
  };

  before('write something that a key signs, and back it up', async () => {
    await using database = await startEmbeddedDatabase({ dataDir: old });
    const { disconnect } = await connectDatabase(database.uri);
    const context = testContext({ config: readConfig({ LOG_LEVEL: 'silent', DATA_DIR: old }) });
    const vault = await openFittingVault(context, 'must fit');
    const entry = { actor: null, verb: 'message changed', subject: 'message', subjectId: 'one' };
    await recordEvent({ ...context, vault }, entry);
    await backUp(database.uri, file);
    await disconnect();
  });

  it('says at once that its secret key is not here, and nothing takes its absence for tampering', async () => {
    const restored = await command('restore', file);
    expect(restored.code).to.equal(0);
    expect(restored.said)
      .to.include('documents of')
      .and.include(`is not at ${join(fresh, 'secret.key')}`);
    expect(await command('doctor'))
      .to.deep.include({ code: 1 })
      .and.have.property('said')
      .that.includes('Copy the file secret.key');
    const refused = await command('main');
    expect(refused.code).to.equal(1);
    expect(refused.said).to.include('Copy the file secret.key').and.not.include(' at async');
  });

  it('is not taken up under a key that was made anew', async () => {
    openVault(join(fresh, 'secret.key'));
    const examined = await command('doctor');
    expect(examined.code).to.equal(1);
    expect(examined.said).to.include('is not the one that this database was written under');
    const verified = await command('audit-verify');
    expect(verified.code).to.equal(1);
    expect(verified.said)
      .to.include('None of the entries fits this secret key')
      .and.not.include('was changed');
  });

  it('is whole again with the key that it was written under', async () => {
    mkdirSync(fresh, { recursive: true });
    copyFileSync(join(old, 'secret.key'), join(fresh, 'secret.key'));
    const verified = await command('audit-verify');
    expect(verified).to.deep.include({ code: 0 });
    expect(verified.said).to.include('1 entries, unbroken').and.include('once a day');
    const again = await command('restore', file, '--replace');
    expect(again.said).to.include('The secret key that it was written under is here.');
    expect((await command('doctor')).said).to.include('The secret key fits the database');
  });
});
