import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { beginConnection } from '../../server/actions/begin-connection.ts';
import { connectAccount } from '../../server/actions/connect-account.ts';
import { connectRehearsalAccount } from '../../server/actions/connect-rehearsal-account.ts';
import { finishConnection } from '../../server/actions/finish-connection.ts';
import { openCredential } from '../../server/actions/open-credential.ts';
import { removeDemoWorld } from '../../server/actions/remove-demo-world.ts';
import { testAccount } from '../../server/actions/test-account.ts';
import { updateOrganisation } from '../../server/actions/update-organisation.ts';
import type { Context } from '../../server/context.ts';
import type { Member } from '../../server/domain/member.ts';
import { Accounts } from '../../server/models/account.ts';
import { openPlatforms } from '../../server/platforms/index.ts';
import { type Rehearsal, startRehearsal } from '../../server/rehearsal/start.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';

const RETURN_TO = 'http://127.0.0.1:3000/accounts/connection';

describe('Connecting an account on Mastodon', () => {
  useDatabase();
  let dataDir: string;
  let rehearsal: Rehearsal;
  let context: Context;
  let member: Member;

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-rehearsal-'));
    rehearsal = await startRehearsal({ dataDir });
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

  const begin = (instance = 'social.rehearsal.example') =>
    beginConnection(context, member, {
      network: 'mastodon',
      timeZone: 'UTC',
      returnTo: RETURN_TO,
      clientId: '',
      clientSecret: '',
      instance,
    });

  /** What a person does on the server's page; where it sends them. */
  async function agree(address: string, username: string, decision: 'allow' | 'deny'): Promise<URL> {
    expect(address.startsWith(`${rehearsal.url}/oauth/authorize?`)).to.equal(true);
    const page = await fetch(address);
    expect(await page.text())
      .to.include('Publish and delete posts')
      .and.include(username);
    const account = rehearsal.mastodon.accounts().find((one) => one.username === username);
    const fields = new URLSearchParams(new URL(address).search);
    fields.set('user_id', account?.userId ?? '');
    fields.set('decision', decision);
    const answer = await fetch(`${rehearsal.url}/oauth/authorize`, {
      method: 'POST',
      body: fields,
      redirect: 'manual',
    });
    return new URL(answer.headers.get('location') ?? '');
  }

  it('registers the application, leads to the server’s page and back, and stores only what it needs', async () => {
    await rehearsal.mastodon.registerAccount({ username: 'comehome_agree', name: 'Come Home' });
    const back = await agree(await begin('https://social.rehearsal.example/'), 'comehome_agree', 'allow');
    expect(back.origin + back.pathname).to.equal(RETURN_TO);
    const answer = { state: back.searchParams.get('state') ?? '', code: back.searchParams.get('code') ?? '' };
    const account = await finishConnection(context, member, answer);
    expect(account).to.include({ network: 'mastodon', handle: 'comehome_agree@social.rehearsal.example' });
    expect(account.limits).to.deep.include({ text: 500, link: 23, images: 4, altText: 1500 });
    const credential = (await openCredential(context, account._id)) ?? expect.fail('no credential');
    expect(credential).to.include.keys('instance', 'accessToken', 'clientId', 'clientSecret', 'remoteId');
    const kept = JSON.stringify(
      await Promise.all(Object.values(mongoose.models).map((model) => model.find().lean())),
    );
    expect(kept).not.to.include(credential.accessToken).and.not.to.include(credential.clientSecret);
    const post = { text: 'You can still call.', language: 'en', deliveryKey: 'd' };
    expect(await context.platforms.mastodon?.publish(credential, post)).to.have.property('kind', 'accepted');
    expect(await nameOfFailure(finishConnection(context, member, answer))).to.equal('connection-over');
  });

  it('asks for no more than it uses', async () => {
    const scopes = new URL(await begin()).searchParams.get('scope')?.split(' ');
    expect(scopes).to.have.members(['read:accounts', 'read:statuses', 'write:statuses', 'write:media']);
  });

  it('does not take a code without its verifier', async () => {
    await rehearsal.mastodon.registerAccount({ username: 'comehome_stolen', name: 'Come Home' });
    const back = await agree(await begin(), 'comehome_stolen', 'allow');
    const code = back.searchParams.get('code') ?? '';
    const other = new URL(await begin());
    const stolen = { state: other.searchParams.get('state') ?? '', code };
    expect(await nameOfFailure(finishConnection(context, member, stolen))).to.equal('connection-refused');
  });

  it('remembers what the server allows, and notices when that changes', async () => {
    rehearsal.mastodon.setMake({ textLimit: 5000 });
    const { _id: account } = await connectRehearsalAccount(context, member, { network: 'mastodon' });
    expect((await Accounts.findById(account).orFail()).limits).to.have.property('text', 5000);
    rehearsal.mastodon.setMake({ tellsLimits: false });
    expect((await testAccount(context, member, { account })).limits).to.equal(null);
    rehearsal.mastodon.setMake({});
  });

  it('makes a rehearsal account in one step, and takes it out with the demo world', async () => {
    const given = { network: 'mastodon', handle: 'comehome_demo', isDemo: true } as const;
    const first = await connectRehearsalAccount(context, member, given);
    expect(first).to.include({ home: 'rehearsal', handle: 'comehome_demo@social.rehearsal.example' });
    const next = await connectRehearsalAccount(context, member, { network: 'mastodon' });
    const after = await connectRehearsalAccount(context, member, { network: 'mastodon' });
    expect(next.handle).not.to.equal(after.handle);
    await removeDemoWorld(context, null);
    expect(rehearsal.mastodon.accounts().map(({ username }) => username)).not.to.include('comehome_demo');
  });

  describe('live', () => {
    let asked: number;
    beforeEach(() => {
      asked = 0;
      const mastodon = acceptingPlatform({
        network: 'mastodon',
        whoAmI: async () => {
          asked += 1;
          return { kind: 'known', remoteId: '7', handle: 'comehome@social.example', displayName: 'C' };
        },
        connectFlow: {
          begin: async (application) => {
            asked += 1;
            const address = 'https://social.example/oauth/authorize';
            return { kind: 'begun', address, state: 's', verifier: 'v', application };
          },
          finish: async () => ({ kind: 'failed', detail: 'not asked' }),
        },
      });
      context = testContext({ platforms: { mastodon } });
    });

    const list = (...instances: string[]) =>
      updateOrganisation(context, member, { name: 'O', funderLine: '', contact: '', instances });
    const withKeys = (instance: string) =>
      connectAccount(context, member, {
        network: 'mastodon',
        timeZone: 'UTC',
        credential: { instance, accessToken: 'token' },
      });

    it('asks nothing of a server that no administrator has listed', async () => {
      expect(await nameOfFailure(begin('social.example'))).to.equal('instance-not-listed');
      expect(await nameOfFailure(withKeys('social.example'))).to.equal('instance-not-listed');
      expect(await nameOfFailure(withKeys('10.0.0.1'))).to.equal('instance-invalid');
      expect(await nameOfFailure(withKeys('http://social.example:8080'))).to.equal('instance-invalid');
      expect(asked).to.equal(0);
    });

    it('goes on with one that is listed, however it was written', async () => {
      await list('https://Social.example/', 'other.example');
      expect(await begin('@comehome@social.example')).to.equal('https://social.example/oauth/authorize');
      const account = await withKeys('SOCIAL.example');
      expect(await openCredential(context, account._id)).to.include({ instance: 'social.example' });
      expect(await nameOfFailure(list('not a server'))).to.equal('instance-invalid');
    });
  });
});
