import { expect } from 'chai';
import { aMember, aMessage, aMessenger, aNarrative, aSegment } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('The library', () => {
  useDatabase();
  const web = openWeb();

  it('shows valid pages for narratives, segments, messengers and messages', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const [narrative, segment, messenger] = [await aNarrative(), await aSegment(), await aMessenger()];
    await aMessage();
    const pages = [
      '/narratives',
      '/narratives/new',
      `/narratives/${narrative._id}`,
      `/narratives/${narrative._id}/edit`,
      '/audiences',
      `/audiences/${segment._id}`,
      `/audiences/${segment._id}/edit`,
      '/messengers',
      `/messengers/${messenger._id}`,
      `/messengers/${messenger._id}/edit`,
      '/messages',
    ];
    for (const path of pages) {
      const page = await browser.get(path);
      expect(page.status, path).to.equal(200);
      expect(await htmlProblems(page.text), path).to.deep.equal([]);
    }
  });

  it('refuses targeting by a special category and keeps what was typed (rule 1)', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const refused = await browser.post('/audiences', {
      name: 'Parents',
      role: 'influencers',
      tier: 'primary',
      'targeting.ageFrom': '18',
      'targeting.topics': 'Muslim youth',
    });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('Muslim youth').and.to.include('DSA 26(3)');
  });

  it('writes addresses of a narrative so that nobody follows them', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const added = await browser.post('/narratives', {
      claim: 'You will be a hero',
      severity: '4',
      circulation: 'https://example.org/page',
    });
    const page = await browser.get(added.headers.location ?? '');
    expect(page.text).to.include('example[.]org/page').and.to.include('written with [.]');
  });

  it('withdraws consent once and for all', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const messenger = await aMessenger();
    const path = `/messengers/${messenger._id}/withdrawal`;
    expect((await browser.post(path)).status).to.equal(303);
    expect((await browser.post(path)).status).to.equal(422);
  });
});
