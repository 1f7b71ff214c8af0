import { expect } from 'chai';
import { checkDisclosure } from '../../server/actions/check-disclosure.ts';
import { connectAccount } from '../../server/actions/connect-account.ts';
import { disconnectAccount } from '../../server/actions/disconnect-account.ts';
import { enableAccount } from '../../server/actions/enable-account.ts';
import { openCredential } from '../../server/actions/open-credential.ts';
import { pauseAccount } from '../../server/actions/pause-account.ts';
import { setAccountPace } from '../../server/actions/set-account-pace.ts';
import { testAccount } from '../../server/actions/test-account.ts';
import type { Context } from '../../server/context.ts';
import type { IdentityOutcome } from '../../server/domain/outcome.ts';
import { Accounts } from '../../server/models/account.ts';
import { Credentials } from '../../server/models/credential.ts';
import type { Platform } from '../../server/platforms/platform.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aMember } from '../support/builders.ts';
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

describe('The actions of accounts', () => {
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

  describe('disclosure', () => {
    it('is dated, says by whom, and gates publishing', async () => {
      const context = contextWith();
      const member = await aMember('administrator');
      const { _id: account } = await connectAccount(context, member, input);
      expect(await nameOfFailure(enableAccount(context, member, { account }))).to.equal(
        'account-not-disclosed',
      );
      const { disclosure } = await checkDisclosure(context, member, { account, ...wholeDisclosure });
      expect(disclosure).to.deep.include({ checkedBy: member._id, checkedAt: context.clock.now() });
      expect(await enableAccount(context, member, { account })).to.include({ state: 'enabled' });
    });

    it('found incomplete stops the account at once', async () => {
      const context = contextWith();
      const { member, account } = await anEnabledAccount(context);
      const seen = { ...wholeDisclosure, automatedLabel: false };
      expect(await checkDisclosure(context, member, { account, ...seen })).to.include({ state: 'paused' });
    });
  });

  it('pausing gives its reason, and is refused where nothing publishes', async () => {
    const context = contextWith();
    const { member, account } = await anEnabledAccount(context);
    const reason = 'The profile is being rewritten';
    expect(await pauseAccount(context, member, { account, reason })).to.include({
      state: 'paused',
      stateReason: reason,
    });
    expect(await nameOfFailure(pauseAccount(context, member, { account, reason }))).to.equal('Conflict');
  });

  it('the pace is changed by whoever saw the latest one', async () => {
    const context = contextWith();
    const { member, account } = await anEnabledAccount(context);
    const { version } = await Accounts.findById(account).orFail().lean<{ version: number }>();
    const pace = {
      account,
      version,
      timeZone: 'Asia/Amman',
      gapMinutes: 30,
      quietFromHour: 0,
      quietToHour: 6,
    };
    expect(await setAccountPace(context, member, pace)).to.include({
      timeZone: 'Asia/Amman',
      gapMinutes: 30,
    });
    expect(await nameOfFailure(setAccountPace(context, member, pace))).to.equal('Conflict');
  });

  describe('testing', () => {
    it('writes down what the network said, and when', async () => {
      let answer: IdentityOutcome = { kind: 'failed', detail: 'X answered 503' };
      const context = contextWith();
      const { member, account } = await anEnabledAccount(context);
      const platforms = { x: acceptingPlatform({ whoAmI: async () => answer }) };
      const again = { ...context, platforms };
      expect(await testAccount(again, member, { account })).to.include({
        state: 'enabled',
        testProblem: 'X answered 503',
      });
      answer = { kind: 'unauthorised', detail: 'X answered 401' };
      expect(await testAccount(again, member, { account })).to.include({ state: 'auth-needed' });
      answer = { kind: 'known', remoteId: '77', handle: 'comehome_eu', displayName: 'Come Home' };
      expect(await testAccount(again, member, { account })).to.include({
        state: 'enabled',
        handle: 'comehome_eu',
        testProblem: '',
      });
    });

    it('stops an account whose keys turn out to be those of another', async () => {
      const context = contextWith();
      const { member, account } = await anEnabledAccount(context);
      const other: IdentityOutcome = { kind: 'known', remoteId: '78', handle: 'other', displayName: 'Other' };
      const platforms = { x: acceptingPlatform({ whoAmI: async () => other }) };
      expect(await testAccount({ ...context, platforms }, member, { account })).to.include({
        state: 'paused',
      });
    });
  });

  it('disconnecting destroys the keys and keeps the account', async () => {
    const context = contextWith();
    const { member, account } = await anEnabledAccount(context);
    expect(await disconnectAccount(context, member, { account })).to.include({ state: 'disconnected' });
    expect(await openCredential(context, account)).to.equal(null);
    expect(await Credentials.countDocuments()).to.equal(0);
    expect(await nameOfFailure(enableAccount(context, member, { account }))).to.equal(
      'account-not-connected',
    );
  });
});
