import { expect } from 'chai';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { beginConnection } from '../../server/actions/begin-connection.ts';
import { checkDisclosure } from '../../server/actions/check-disclosure.ts';
import { connectAccount } from '../../server/actions/connect-account.ts';
import { enableAccount } from '../../server/actions/enable-account.ts';
import { finishConnection } from '../../server/actions/finish-connection.ts';
import { openCredential } from '../../server/actions/open-credential.ts';
import { testAccount } from '../../server/actions/test-account.ts';
import type { Context } from '../../server/context.ts';
import type { RegisteredApplication } from '../../server/domain/credential.ts';
import type { IdentityOutcome } from '../../server/domain/outcome.ts';
import { Accounts } from '../../server/models/account.ts';
import { Credentials } from '../../server/models/credential.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import type { Platform } from '../../server/platforms/platform.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aMember } from '../support/builders.ts';
import { aPublishedDelivery } from '../support/builders-evaluation.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';

const keys = {
  appKey: 'canary-app-key',
  appSecret: 'canary-app-secret',
  accessToken: 'canary-access-token',
  accessSecret: 'canary-access-secret',
};
const input = { network: 'x', credential: keys, timeZone: 'Europe/Brussels' } as const;
const wholeDisclosure = { operatorInProfile: true, automatedLabel: true, ownerNamed: true };

describe('Connecting an account', () => {
  useDatabase();

  function contextWith(overrides: Partial<Platform> = {}): TestContext {
    return testContext({ platforms: { x: acceptingPlatform(overrides) } });
  }

  async function anEnabledAccount(context: Context) {
    const member = await aMember('administrator');
    const { _id: account } = await connectAccount(context, member, input);
    await checkDisclosure(context, member, { account, ...wholeDisclosure });
    await enableAccount(context, member, { account });
    return { member, account };
  }

  describe('connecting', () => {
    it('asks whose keys these are and begins with an account that publishes nothing', async () => {
      const context = contextWith();
      const account = await connectAccount(context, await aMember('administrator'), input);
      expect(account).to.include({
        handle: 'comehome',
        remoteId: '77',
        home: 'rehearsal',
        state: 'paused',
        timeZone: 'Europe/Brussels',
      });
      expect(await openCredential(context, account._id)).to.deep.equal({ ...keys, remoteId: '77' });
    });

    it('is for administrators', async () => {
      const scheduler = await aMember('scheduler');
      const refused = await nameOfFailure(connectAccount(contextWith(), scheduler, input));
      expect(refused).to.equal('Forbidden');
    });

    it('stores nothing when the network refuses the keys or cannot be asked', async () => {
      const member = await aMember('administrator');
      const answers: [IdentityOutcome, string][] = [
        [{ kind: 'unauthorised', detail: 'X answered 401' }, 'credential-refused'],
        [{ kind: 'failed', detail: 'X could not be reached' }, 'Upstream'],
      ];
      for (const [answer, name] of answers) {
        const context = contextWith({ whoAmI: async () => answer });
        expect(await nameOfFailure(connectAccount(context, member, input))).to.equal(name);
      }
      expect(await Accounts.countDocuments()).to.equal(0);
      expect(await Credentials.countDocuments()).to.equal(0);
    });

    it('a known account again keeps what it is, replaces its keys and lets its deliveries go on', async () => {
      const context = contextWith();
      const { member, account } = await anEnabledAccount(context);
      await Accounts.updateOne({ _id: account }, { state: 'auth-needed', stateReason: 'X answered 401' });
      const held = await aPublishedDelivery({ account, state: 'auth-needed', dueAt: context.clock.now() });

      const again = await connectAccount(context, member, {
        ...input,
        credential: { ...keys, accessToken: 'new' },
      });
      expect(again).to.include({ _id: account, state: 'enabled', stateReason: '' });
      expect(await openCredential(context, account)).to.have.property('accessToken', 'new');
      expect(await Deliveries.findById(held._id).lean()).to.include({ state: 'scheduled', problem: '' });
      expect(context.queue.wakeUps).to.have.length(1);
      expect(await Credentials.countDocuments()).to.equal(1);
    });
  });

  describe('the connect flow', () => {
    const begun = {
      network: 'x',
      clientId: 'canary-client',
      clientSecret: 'canary-client-secret',
      timeZone: 'UTC',
      returnTo: 'http://127.0.0.1:3000/accounts/connection',
    } as const;
    const flow = {
      begin: async (application: RegisteredApplication) => ({
        kind: 'begun' as const,
        address: 'https://x.com/agree',
        state: 'canary-state',
        verifier: 'canary-verifier',
        application,
      }),
      finish: async () => ({ kind: 'connected' as const, credential: keys }),
    };

    it('leads to the network and back, once, for the member who set out', async () => {
      const context = contextWith({ connectFlow: flow });
      const member = await aMember('administrator');
      expect(await beginConnection(context, member, begun)).to.equal('https://x.com/agree');
      expect(await databaseText()).not.to.include('canary');

      const back = { state: 'canary-state', code: 'code' };
      const other = await aMember('administrator');
      expect(await nameOfFailure(finishConnection(context, other, back))).to.equal('connection-over');
      expect(await finishConnection(context, member, back)).to.include({ handle: 'comehome' });
      expect(await nameOfFailure(finishConnection(context, member, back))).to.equal('connection-over');
    });

    it('does not wait for ever', async () => {
      const context = contextWith({ connectFlow: flow });
      const member = await aMember('administrator');
      await beginConnection(context, member, begun);
      context.clock.advance(16);
      const late = finishConnection(context, member, { state: 'canary-state', code: 'code' });
      expect(await nameOfFailure(late)).to.equal('connection-over');
    });
  });

  it('no key stands in the database, in a log or in the trail', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const whole = { ...contextWith(), log };
    const { member, account } = await anEnabledAccount(whole);
    await testAccount(whole, member, { account });
    await openCredential(whole, account);
    const refusing = {
      ...whole,
      platforms: { x: acceptingPlatform({ whoAmI: async () => ({ kind: 'unauthorised', detail: 'no' }) }) },
    };
    await nameOfFailure(connectAccount(refusing, member, input));
    expect(await databaseText())
      .to.include('account connected')
      .and.not.to.include('canary');
    expect(lines.join('')).not.to.include('canary');
  });
});

/** Everything that the database holds, as text. */
async function databaseText(): Promise<string> {
  const models = Object.values(mongoose.models);
  const documents = await Promise.all(models.map((model) => model.find().lean()));
  return JSON.stringify(documents);
}
