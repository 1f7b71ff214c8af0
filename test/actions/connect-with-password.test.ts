import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { connectRehearsalAccount } from '../../server/actions/connect-rehearsal-account.ts';
import { connectWithPassword } from '../../server/actions/connect-with-password.ts';
import { openCredential } from '../../server/actions/open-credential.ts';
import { removeDemoWorld } from '../../server/actions/remove-demo-world.ts';
import { updateOrganisation } from '../../server/actions/update-organisation.ts';
import type { Context } from '../../server/context.ts';
import type { Member } from '../../server/domain/member.ts';
import { Accounts } from '../../server/models/account.ts';
import { openPlatforms } from '../../server/platforms/index.ts';
import type { BlueskyCredentials } from '../../server/rehearsal/bluesky/network.ts';
import { type Rehearsal, startRehearsal } from '../../server/rehearsal/start.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';

describe('Connecting an account on Bluesky', () => {
  useDatabase();
  let dataDir: string;
  let rehearsal: Rehearsal;
  let context: Context;
  let member: Member;
  let keys: BlueskyCredentials;

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-rehearsal-'));
    // The tests' clock stands still; the network's has to agree with it on when a session ends.
    rehearsal = await startRehearsal({ dataDir, now: () => Date.parse('2014-10-14T07:00:00Z') });
    keys = await rehearsal.bluesky.registerAccount({ username: 'come-home', name: 'Come Home' });
  });
  beforeEach(async () => {
    const { url } = rehearsal;
    const at = { x: url, mastodon: url, bluesky: url };
    context = testContext({ rehearsal: at, platforms: openPlatforms({ rehearsal: at }) });
    member = await aMember('administrator');
  });
  after(async () => {
    await rehearsal.stop();
    rmSync(dataDir, { recursive: true });
  });

  const typed = (more: object = {}) => ({
    network: 'bluesky' as const,
    instance: 'bsky.social',
    identifier: `@${keys.handle}`,
    password: keys.appPassword,
    timeZone: 'Europe/Paris',
    ...more,
  });
  const connect = (more: object = {}, using = context) => connectWithPassword(using, member, typed(more));

  it('signs in, stores a session sealed, forgets the password, and can publish', async () => {
    const account = await connect();
    expect(account).to.include({ network: 'bluesky', handle: keys.handle, displayName: 'Come Home' });
    expect(account).to.include({ remoteId: keys.did, state: 'paused', home: 'rehearsal' });
    const credential = (await openCredential(context, account._id)) ?? expect.fail('no credential');
    const kept = JSON.stringify(
      await Promise.all(Object.values(mongoose.models).map((model) => model.find().lean())),
    );
    for (const secret of [keys.appPassword, credential.accessToken, credential.refreshToken]) {
      expect(kept).not.to.include(secret);
    }
    expect(Object.values(credential)).not.to.include(keys.appPassword);
    const post = { text: 'You can still call.', language: 'en', deliveryKey: 'd' };
    expect(await context.platforms.bluesky?.publish(credential, post)).to.have.property('kind', 'accepted');
  });

  it('goes on by itself after the session’s access has run out', async () => {
    const { _id } = await connect();
    const before = await openCredential(context, _id);
    const later = testContext({ platforms: context.platforms, rehearsal: context.rehearsal });
    later.clock.set('2014-10-14T08:58:00Z');
    const renewed = await openCredential(later, _id);
    expect(renewed?.accessToken).to.be.a('string').that.is.not.equal(before?.accessToken);
    expect((await context.platforms.bluesky?.whoAmI(renewed ?? {}))?.kind).to.equal('known');
  });

  it('turns away what is no app password before anybody is asked', async () => {
    const before = rehearsal.bluesky.ledger().requests.length;
    for (const password of ['hunter2hunter2', 'abcd-efgh-ijkl', `${keys.appPassword}x`]) {
      expect(await nameOfFailure(connect({ password })), password).to.equal('app-password-needed');
    }
    expect(rehearsal.bluesky.ledger().requests).to.have.length(before);
  });

  it('says what the server said of a wrong one', async () => {
    expect(await nameOfFailure(connect({ password: 'aaaa-bbbb-cccc-dddd' }))).to.equal('connection-refused');
    expect(await Accounts.countDocuments()).to.equal(0);
  });

  it('makes rehearsal accounts in one step, each another, and takes them out with the demo world', async () => {
    const first = await connectRehearsalAccount(context, member, { network: 'bluesky' });
    const second = await connectRehearsalAccount(context, member, { network: 'bluesky' });
    expect([first.handle, second.handle]).to.deep.equal(['rehearsal-1.bsky.test', 'rehearsal-2.bsky.test']);
    const demo = { network: 'bluesky', handle: 'comehome_demo', isDemo: true } as const;
    await connectRehearsalAccount(context, member, demo);
    await removeDemoWorld(context, null);
    expect(rehearsal.bluesky.accounts().map(({ username }) => username)).not.to.include(
      'comehome-demo.bsky.test',
    );
  });

  it('asks no live server that is not listed, bsky.social excepted', async () => {
    const asked: string[] = [];
    const bluesky = acceptingPlatform({
      network: 'bluesky',
      passwordFlow: {
        async signIn({ instance }) {
          asked.push(instance);
          return { kind: 'connected', credential: { instance, accessToken: 'a' } };
        },
      },
    });
    const live = testContext({ platforms: { bluesky } });
    await connect({}, live);
    expect(await nameOfFailure(connect({ instance: 'pds.example' }, live))).to.equal('instance-not-listed');
    for (const instance of ['127.0.0.1', 'https://pds.example:8443', 'localhost']) {
      expect(await nameOfFailure(connect({ instance }, live)), instance).to.equal('instance-invalid');
    }
    await updateOrganisation(live, member, {
      name: 'O',
      funderLine: '',
      contact: '',
      instances: ['pds.example'],
    });
    await connect({ instance: 'https://pds.example/' }, live);
    expect(asked).to.deep.equal(['bsky.social', 'pds.example']);
  });
});
