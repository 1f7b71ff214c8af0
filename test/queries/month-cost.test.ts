import { expect } from 'chai';
import type { Account } from '../../server/domain/account.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { monthCost } from '../../server/queries/month-cost.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aMember, anAccount, anApprovedMessage } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

const { capabilities } = acceptingPlatform();
const x = acceptingPlatform({
  capabilities: { ...capabilities, prices: { postUsd: 0.015, postWithLinkUsd: 0.2 } },
});

describe('What a month costs', () => {
  useDatabase();
  const context = testContext({ platforms: { x, bluesky: acceptingPlatform({ network: 'bluesky' }) } });
  const web = openWeb(context);
  const home = context.config.rehearsal ? 'rehearsal' : 'live';
  const now = context.clock.now();

  function aDelivery({ _id: account, network }: Account, fields: Partial<Delivery>) {
    const ids = { post: newId(), campaign: newId(), message: newId(), variant: newId() };
    const frozen = { network, language: 'en', text: 'Call us.', contentHash: 'h', lane: 0 };
    return Deliveries.create({ ...ids, account, ...frozen, state: 'scheduled', dueAt: now, ...fields });
  }

  async function fill(): Promise<void> {
    const account = await anAccount({ home });
    const out = { publishedAt: new Date('2014-10-02T10:00:00Z') };
    await aDelivery(account, { ...out, state: 'published', text: 'See https://example.org' });
    await aDelivery(account, { ...out, state: 'withdrawn' });
    const sent = [{ remoteId: '1', remoteUrl: null, at: now }];
    await aDelivery(account, { state: 'retry-wait', parts: ['Two https://example.org'], sent });
    await aDelivery(account, { dueAt: new Date('2014-10-31T23:59:59Z') });
    await aDelivery(account, { dueAt: new Date('2014-11-01T00:00:00Z') });
    await aDelivery(account, { state: 'cancelled' });
    const september = new Date('2014-09-30T23:59:59Z');
    await aDelivery(account, { state: 'published', publishedAt: september, dueAt: september });
    await aDelivery(await anAccount({ home, network: 'bluesky' }), { ...out, state: 'published' });
    const elsewhere = home === 'live' ? 'rehearsal' : 'live';
    await aDelivery(await anAccount({ home: elsewhere }), { ...out, state: 'published' });
  }

  it('counts what was published, and forecasts what is still to go out, thread part by thread part', async () => {
    await fill();
    const cost = await monthCost(context, now);
    expect(cost?.soFarUsd).to.be.closeTo(0.2 + 0.015 + 0.015, 1e-9);
    expect(cost?.forecastUsd).to.be.closeTo(0.2 + 0.015 + (0.015 + 0.2) + 0.015, 1e-9);
  });

  it('is nothing where no network charges', async () => {
    expect(await monthCost(testContext({ platforms: { bluesky: acceptingPlatform() } }), now)).to.equal(null);
  });

  it('is on the accounts page, and before a post is scheduled', async () => {
    await fill();
    const browser = await signedIn(web, await aMember('scheduler'));
    const page = await browser.get('/accounts');
    expect(page.text).to.match(/US\$0\.23 so far, US\$0\.4[45] with what is scheduled/);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const variant = { _id: newId(), network: 'x' as const, language: 'en', accounts: [] };
    const text = 'One https://example.org';
    const message = await anApprovedMessage({ variants: [{ ...variant, text, parts: ['Two'] }] });
    const form = await browser.get(`/posts/new?message=${message._id}&variant=${variant._id}`);
    expect(form.text).to.include('about $0.215 on each account');
    expect(await htmlProblems(form.text)).to.deep.equal([]);
  });
});
