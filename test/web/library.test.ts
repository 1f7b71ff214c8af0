import { expect } from 'chai';
import {
  aCampaign,
  aMember,
  aMessage,
  aMessenger,
  aNarrative,
  anAnswer,
  aSegment,
} from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('The library', () => {
  useDatabase();
  const web = openWeb();

  it('shows valid pages for narratives, answers, segments, messengers, messages and the search', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const tags = ['family', 'C00211'];
    const narrative = await aNarrative({ tags, targets: ['women'] });
    const [segment, messenger] = [await aSegment({ tags }), await aMessenger({ tags })];
    const answer = await anAnswer({ narrative: narrative._id, tags });
    await anAnswer({ narrative: narrative._id, standing: 'refused', refusal: 'hostile' });
    const message = await aMessage({ tags, campaign: (await aCampaign())._id });
    const pages = [
      '/narratives',
      '/narratives/new',
      `/narratives/${narrative._id}`,
      `/narratives/${narrative._id}/edit`,
      '/narratives?q=family&severity=4&target=women&tag=family',
      '/answers',
      '/answers/new',
      `/answers/new?narrative=${narrative._id}`,
      `/answers?q=holiday&narrative=${narrative._id}&language=en&strategy=question&tone=empathic`,
      `/answers/${answer._id}`,
      `/answers/${answer._id}/edit`,
      '/library/duplicates',
      '/library/duplicates?noun=narrative',
      '/search',
      '/search?q=holiday',
      '/audiences',
      `/audiences/${segment._id}`,
      `/audiences/${segment._id}/edit`,
      '/messengers',
      `/messengers/${messenger._id}`,
      `/messengers/${messenger._id}/edit`,
      '/messages',
      '/messages?q=mothers&state=draft&tag=c00211',
      `/messages/${message._id}`,
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
