import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectRehearsalAccount } from '../../server/actions/connect-rehearsal-account.ts';
import { openCredential } from '../../server/actions/open-credential.ts';
import { openPlatforms } from '../../server/platforms/index.ts';
import { type Rehearsal, startRehearsal } from '../../server/rehearsal/start.ts';
import { aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';

describe('Connecting an account of the rehearsal network', () => {
  useDatabase();
  let dataDir: string;
  let rehearsal: Rehearsal;

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-rehearsal-'));
    rehearsal = await startRehearsal({ dataDir });
  });
  after(async () => {
    await rehearsal.stop();
    rmSync(dataDir, { recursive: true });
  });

  const everywhere = (url: string) => ({ x: url, mastodon: url, bluesky: url });

  function rehearsing() {
    const at = everywhere(rehearsal.url);
    return testContext({ rehearsal: at, platforms: openPlatforms({ rehearsal: at }) });
  }

  it('opens a fictional account that can publish there, and the next one beside it', async () => {
    const context = rehearsing();
    const member = await aMember('administrator');
    const first = await connectRehearsalAccount(context, member);
    const second = await connectRehearsalAccount(context, member);
    expect(first).to.include({ handle: 'rehearsal_1', home: 'rehearsal', state: 'paused' });
    expect(second).to.include({ handle: 'rehearsal_2' });
    const credential = (await openCredential(context, first._id)) ?? expect.fail('there is no credential');
    const post = { text: 'Hello', language: 'en', deliveryKey: 'd' };
    expect(await context.platforms.x?.publish(credential, post)).to.have.property('kind', 'accepted');
    expect(rehearsal.x.ledger('rehearsal_1').posts).to.have.length(1);
  });

  it('takes a name that it is given, and finds the same account again', async () => {
    const context = rehearsing();
    const member = await aMember('administrator');
    const given = {
      handle: 'comehome_eu',
      displayName: 'Come Home',
      timeZone: 'Europe/Brussels',
      isDemo: true,
    };
    const first = await connectRehearsalAccount(context, member, given);
    expect(first).to.include({ ...given });
    expect(await connectRehearsalAccount(context, member, given)).to.include({ _id: first._id });
  });

  it('says why when there is no rehearsal, or it does not answer', async () => {
    const member = await aMember('administrator');
    expect(await nameOfFailure(connectRehearsalAccount(testContext(), member))).to.equal('no-rehearsal');
    const silent = testContext({ rehearsal: everywhere('http://127.0.0.1:9') });
    expect(await nameOfFailure(connectRehearsalAccount(silent, member))).to.equal('Upstream');
  });
});
