import { expect } from 'chai';
import type { Network } from '../../server/domain/network.ts';
import { newId } from '../../server/models/document.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aCampaign, aMember, aMessage } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('GET /messages/new', () => {
  useDatabase();
  const { capabilities, ...x } = acceptingPlatform();
  const prices = { postUsd: 0.015, postWithLinkUsd: 0.2 };
  const web = openWeb(testContext({ platforms: { x: { ...x, capabilities: { ...capabilities, prices } } } }));

  it('asks which campaign a message is for, and leaves out the closed ones', async () => {
    const open = await aCampaign({ title: 'Come home', state: 'running' });
    await aCampaign({ title: 'Long over', state: 'closed' });
    const browser = await signedIn(web, await aMember('drafter'));
    const page = await browser.get('/messages/new');
    expect(page.status).to.equal(200);
    expect(page.text).to.include(`/messages/new?campaign&#x3D;${open._id}`).and.not.to.include('Long over');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const composer = await browser.get(`/messages/new?campaign=${open._id}`);
    expect(composer.text).to.include('name="variants[0].text"');
  });

  it('offers to plan a campaign while there is none', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const page = await browser.get('/messages/new');
    expect(page.text).to.include('href="/campaigns/new"');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('begins with one text to write, the shared one folded away, and no price for nothing', async () => {
    const campaign = await aCampaign();
    const browser = await signedIn(web, await aMember('drafter'));
    const page = await browser.get(`/messages/new?campaign=${campaign._id}`);
    const shared = '<details class="composer-more"><summary>Write one text for several networks, English';
    expect(page.text).to.include(shared).and.not.to.include('Cost if each is posted');
    expect(page.text, 'nothing about experiments yet').not.to.include('variants[0].arm');
    const variants = ['x', 'mastodon'].map((network) => ({
      _id: newId(),
      network: network as Network,
      language: 'en',
      text: 'You can still call.',
      accounts: [],
    }));
    const message = await aMessage({ campaign: campaign._id, variants });
    const { text } = await browser.get(`/messages/${message._id}/edit`);
    expect(text)
      .to.include(shared.replace('">', '" open>'))
      .and.to.include('Cost if each is posted once: about $0.015');
    expect(await htmlProblems(text)).to.deep.equal([]);
  });
});
