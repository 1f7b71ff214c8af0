import { expect } from 'chai';
import { publishLane } from '../../server/actions/publish-lane.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { aDelivery, aStage, reread } from '../support/publishing.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('POST /campaigns/:id/withdrawal', () => {
  useDatabase();
  const context = testContext({ platforms: { x: acceptingPlatform() } });
  const web = openWeb(context);
  let delivery: Delivery;
  let page: string;
  beforeEach(async () => {
    delivery = await aDelivery(context, await aStage(context));
    await publishLane(context, { lane: delivery.lane }, new AbortController().signal);
    page = `/campaigns/${delivery.campaign}/withdrawal`;
  });

  it('says what it reaches, takes it back, and shows who did it and why', async () => {
    const browser = await signedIn(web, await aMember('scheduler'));
    const before = await browser.get(page);
    expect(before.text).to.include('On networks: 1');
    expect(await htmlProblems(before.text)).to.deep.equal([]);
    const sent = await browser.submit(page, page, { reason: 'The speaker is in danger' });
    expect(sent.headers.location).to.equal(page);
    expect((await reread(delivery)).state).to.equal('withdrawn');
    const after = await browser.get(page);
    expect(after.text).to.include('The speaker is in danger').and.include('Deleted: 1');
    expect(after.text).to.include('Nothing of this campaign is on a network');
    expect(await htmlProblems(after.text)).to.deep.equal([]);
  });

  it('asks for a reason', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    const answer = await browser.submit(page, page, { reason: ' ' });
    expect(answer.status).to.equal(422);
    expect((await reread(delivery)).state).to.equal('published');
  });

  it('is for schedulers and administrators', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    expect((await browser.get(page)).text).to.include('Schedulers and administrators');
  });
});
