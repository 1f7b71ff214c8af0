import { expect } from 'chai';
import { aMember, anAccount } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('The pages that show accounts', () => {
  useDatabase();
  const web = openWeb();

  it('say until when a limit of the network keeps an account, here and on Today, and no longer than that', async () => {
    const limitedUntil = new Date('2014-10-14T08:15:00Z');
    const { _id } = await anAccount({ limitedUntil, limitedBy: 'day' });
    const past = new Date('2014-10-14T06:00:00Z');
    const free = await anAccount({ limitedUntil: past, limitedBy: 'month', network: 'bluesky' });
    const browser = await signedIn(web, await aMember('administrator'));
    for (const path of ['/', '/accounts', `/accounts/${_id}`]) {
      const page = await browser.get(path);
      expect(page.text, path).to.match(/Limited until [^<]*10:15 CEST \(daily cap\)/);
      expect(page.text, path).not.to.include('monthly cap');
      expect(await htmlProblems(page.text), path).to.deep.equal([]);
    }
    const other = await browser.get(`/accounts/${free._id}`);
    expect(other.text)
      .to.include('the label “bot”')
      .and.not.include('Limited until')
      .and.not.include('On X:');
  });
});
