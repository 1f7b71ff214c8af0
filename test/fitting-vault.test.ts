import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { keepCredential } from '../server/actions/keep-credential.ts';
import { recordEvent } from '../server/actions/record-event.ts';
import { readConfig } from '../server/config.ts';
import { type KeyRule, openFittingVault } from '../server/fitting-vault.ts';
import { Accounts } from '../server/models/account.ts';
import { Credentials } from '../server/models/credential.ts';
import { KeyMarks } from '../server/models/key-mark.ts';
import { TrailEvents } from '../server/models/trail.ts';
import { anAccount } from './support/builders.ts';
import { testContext } from './support/context.ts';
import { useDatabase } from './support/database.ts';

describe('A database and its secret key', () => {
  useDatabase();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rejoinder-key-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const fileOf = (name: string) => join(directory, name);
  const contextWith = (name: string) =>
    testContext({ config: readConfig({ LOG_LEVEL: 'silent', SECRET_KEY_FILE: fileOf(name) }) });
  const open = (name: string, rule: KeyRule = 'must fit') => openFittingVault(contextWith(name), rule);
  const refusal = async (name: string) => {
    const failure = await open(name).catch((error: Error) => error);
    if (!(failure instanceof Error)) throw new Error('it was opened');
    expect(failure.name).to.equal('CannotStart');
    return failure.message;
  };

  it('are made together, and know each other from then on', async () => {
    const { keyId } = await open('secret.key');
    expect((await open('secret.key')).keyId).to.equal(keyId);
    expect(await KeyMarks.countDocuments({ keyId })).to.equal(1);
    expect(keyId, 'tells nothing of the key').not.to.equal(
      readFileSync(fileOf('secret.key'), 'utf8').slice(0, 12),
    );
  });

  it('are not parted: no new key is made where the old one is missing, and another one is refused', async () => {
    await open('secret.key');
    expect(await refusal('missing.key'))
      .to.include('is not at')
      .and.include('Copy the file secret.key');
    expect(existsSync(fileOf('missing.key'))).to.equal(false);
    await open('other.key', 'looks');
    expect(await refusal('other.key')).to.include('is not the one that this database was written under');
    expect(await KeyMarks.countDocuments({})).to.equal(1);
  });

  it('that a version without marks wrote is known by its trail and its credentials', async () => {
    const vault = await open('secret.key', 'looks');
    const entry = { actor: null, verb: 'message changed', subject: 'message', subjectId: 'one' };
    await recordEvent({ ...contextWith('secret.key'), vault }, entry);
    expect(await refusal('missing.key')).to.include('is not at');
    await open('other.key', 'looks');
    expect(await refusal('other.key')).to.include('is not the one');
    await open('secret.key');
    expect(await KeyMarks.countDocuments({ keyId: vault.keyId })).to.equal(1);
  });

  it('go on under a new key when the old one is lost, with accounts disconnected and the trail saying so', async () => {
    const vault = await open('secret.key');
    const { _id } = await anAccount();
    await keepCredential({ ...contextWith('secret.key'), vault }, _id, { accessToken: 'secret' });
    const renewed = await open('new.key', 'replaces');
    expect(await Credentials.countDocuments({ account: _id })).to.equal(0);
    expect((await Accounts.findById(_id).lean())?.state).to.equal('disconnected');
    const [last] = await TrailEvents.find().sort({ sequence: -1 }).limit(1).lean();
    expect(last).to.deep.include({ verb: 'secret key replaced', details: { disconnected: 1 } });
    expect((await open('new.key')).keyId).to.equal(renewed.keyId);
    expect(await refusal('secret.key')).to.include('is not the one');
  });
});
