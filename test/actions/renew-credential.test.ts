import { expect } from 'chai';
import { keepAccess } from '../../server/actions/keep-access.ts';
import { keepCredential } from '../../server/actions/keep-credential.ts';
import { openCredential } from '../../server/actions/open-credential.ts';
import type { Credential } from '../../server/domain/credential.ts';
import { Accounts } from '../../server/models/account.ts';
import { Credentials } from '../../server/models/credential.ts';
import type { RenewOutcome } from '../../server/platforms/platform.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { anAccount } from '../support/builders.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

const ENDS = '2014-10-14T09:00:00.000Z';

describe('Renewing a credential', () => {
  useDatabase();
  let renewals: Credential[];
  let answer: (credential: Credential) => Promise<RenewOutcome>;
  let context: TestContext;
  let account: string;

  beforeEach(async () => {
    renewals = [];
    answer = async (credential) => ({
      kind: 'renewed',
      credential: {
        ...credential,
        accessToken: `access-${renewals.length}`,
        expiresAt: '2014-10-14T11:00:00.000Z',
      },
    });
    const renewal = {
      expiresAt: ({ expiresAt = '' }: Credential) => new Date(expiresAt),
      renew: async (credential: Credential) => {
        renewals.push(credential);
        return answer(credential);
      },
    };
    context = testContext({ platforms: { x: acceptingPlatform({ renewal }) } });
    ({ _id: account } = await anAccount());
    await keepCredential(context, account, {
      accessToken: 'access-0',
      refreshToken: 'refresh',
      expiresAt: ENDS,
    });
  });

  it('waits until access is about to run out', async () => {
    expect(await openCredential(context, account)).to.have.property('accessToken', 'access-0');
    expect(renewals).to.have.length(0);
  });

  it('stores the new tokens before anybody gets them', async () => {
    context.clock.set('2014-10-14T08:57:00Z');
    expect(await openCredential(context, account)).to.have.property('accessToken', 'access-1');
    context.clock.advance(1);
    expect(await openCredential(context, account)).to.have.property('accessToken', 'access-1');
    expect(renewals).to.have.length(1);
    expect(await Credentials.findOne({ account }).lean()).to.include({ renewalBy: null, renewalUntil: null });
  });

  it('happens once when many need it at the same time', async () => {
    context.clock.set('2014-10-14T08:57:00Z');
    const opened = await Promise.all(Array.from({ length: 8 }, () => openCredential(context, account)));
    expect(new Set(opened.map((credential) => credential?.accessToken))).to.deep.equal(new Set(['access-1']));
    expect(renewals).to.have.length(1);
  });

  it('is taken over when whoever began it died', async () => {
    context.clock.set('2014-10-14T08:57:00Z');
    const renewalUntil = new Date('2014-10-14T08:56:00Z');
    await Credentials.updateOne({ account }, { renewalBy: 'a dead one', renewalUntil });
    expect(await openCredential(context, account)).to.have.property('accessToken', 'access-1');
  });

  it('refused asks for a person', async () => {
    context.clock.set('2014-10-14T08:57:00Z');
    answer = async () => ({ kind: 'unauthorised', detail: 'X answered 400: invalid.' });
    expect(await openCredential(context, account)).to.equal(null);
    expect(await Accounts.findById(account).lean()).to.include({
      state: 'auth-needed',
      stateReason: 'X answered 400: invalid.',
    });
  });

  it('not answered leaves everything as it was', async () => {
    context.clock.set('2014-10-14T08:57:00Z');
    answer = async () => ({ kind: 'failed', detail: 'X answered 503.' });
    expect(await openCredential(context, account)).to.have.property('accessToken', 'access-0');
    expect(await Accounts.findById(account).lean()).to.include({ state: 'enabled' });
    expect(await Credentials.findOne({ account }).lean()).to.include({ renewalBy: null });
  });

  it('happens also to accounts that are silent, but not to those that are disconnected', async () => {
    const { _id: left } = await anAccount({ handle: 'left', state: 'disconnected' });
    await keepCredential(context, left, { accessToken: 'left', refreshToken: 'r', expiresAt: ENDS });
    await keepAccess(context);
    expect(renewals).to.have.length(0);
    context.clock.set('2014-12-01T00:00:00Z');
    await keepAccess(context);
    expect(renewals.map(({ accessToken }) => accessToken)).to.deep.equal(['access-0']);
  });
});
