import { expect } from 'chai';
import { limitAccounts } from '../../server/actions/limit-accounts.ts';
import type { Account } from '../../server/domain/account.ts';
import type { Allowance } from '../../server/domain/outcome.ts';
import { Accounts } from '../../server/models/account.ts';
import { anAccount } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

const soon = new Date('2014-10-14T08:15:00Z');
const later = new Date('2014-11-01T00:00:00Z');

interface Said {
  allowance?: Allowance;
  scope?: 'account' | 'app';
}

describe('A limit that a network names', () => {
  useDatabase();
  const context = testContext();
  const home = context.config.rehearsal ? 'rehearsal' : 'live';
  const other = home === 'live' ? 'rehearsal' : 'live';

  const limit = (account: Account, nextAt: Date | null, said: Said = {}) =>
    limitAccounts(
      context,
      { account: account._id, network: account.network, nextAt },
      { kind: 'limited', detail: '', retryAt: nextAt ?? soon, ...said },
    );
  const limitOf = async ({ _id }: Account) => {
    const found = await Accounts.findById(_id).lean<Account>();
    return [found?.limitedUntil?.toISOString() ?? null, found?.limitedBy ?? null];
  };

  it('keeps the account it speaks of, and no other', async () => {
    const [own, neighbour] = [await anAccount({ home }), await anAccount({ home })];
    await limit(own, soon, { allowance: 'day' });
    expect(await limitOf(own)).to.deep.equal([soon.toISOString(), 'day']);
    expect(await limitOf(neighbour)).to.deep.equal([null, null]);
  });

  it('keeps every account of the network and home when it speaks of the application', async () => {
    const own = await anAccount({ home });
    const neighbour = await anAccount({ home });
    const elsewhere = await anAccount({ home, network: 'bluesky' });
    const otherHome = await anAccount({ home: other });
    await limit(own, later, { allowance: 'month', scope: 'app' });
    for (const one of [own, neighbour]) {
      expect(await limitOf(one)).to.deep.equal([later.toISOString(), 'month']);
    }
    for (const one of [elsewhere, otherHome]) expect(await limitOf(one)).to.deep.equal([null, null]);
  });

  it('never shortens a limit on record, and lengthens one', async () => {
    const account = await anAccount({ home });
    await limit(account, soon);
    await limit(account, later, { allowance: 'payment' });
    await limit(account, soon, { allowance: 'short' });
    expect(await limitOf(account)).to.deep.equal([later.toISOString(), 'payment']);
  });

  it('is nothing without a time of the next try', async () => {
    const account = await anAccount({ home });
    await limit(account, null);
    expect(await limitOf(account)).to.deep.equal([null, null]);
  });
});
