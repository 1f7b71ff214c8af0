import { expect } from 'chai';
import { type Log, openLog } from '../../server/log.ts';
import { Members } from '../../server/models/member.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { routesOf } from '../support/routes.ts';
import { databaseText } from '../support/traces.ts';
import { type Browser, htmlProblems, openWeb, signedIn } from '../support/web.ts';

const EXPOSURES = '/settings/me/exposures';

/** The fingerprint of the nth thing. */
const thing = (number: number) => number.toString(16).padStart(8, '0');

const open = async (browser: Browser, number: number, more: { isAllTheSame?: string } = {}) =>
  (await browser.post(EXPOSURES, { thing: thing(number), ...more })).body as {
    isOpened: boolean;
    sentence?: string;
    button?: string;
  };

const chooseCap = (browser: Browser, cap: string) =>
  browser.submit('/settings/me', '/settings/me/exposure-cap', { cap });

/** What one's own page says of today. */
const todayOf = async (browser: Browser) =>
  /Today: ([^.<]*)\./.exec((await browser.get('/settings/me')).text)?.[1];

describe('POST /settings/me/exposures', () => {
  useDatabase();
  const context = testContext();
  const web = openWeb(context);
  beforeEach(() => context.clock.set('2014-10-14T07:00:00Z'));

  it('counts a thing once an hour, on the day of the member’s own zone', async () => {
    const member = await aMember('reviewer');
    await Members.updateOne({ _id: member._id }, { $set: { timeZone: 'Asia/Tokyo' } });
    const browser = await signedIn(web, member);
    context.clock.set('2014-10-14T14:30:00Z');
    for (const number of [1, 1, 2]) expect(await open(browser, number)).to.deep.equal({ isOpened: true });
    expect(await todayOf(browser)).to.equal('2 of 40');
    context.clock.advance(59);
    await open(browser, 1);
    expect(await todayOf(browser), 'it is the next day in Tokyo').to.equal('0 of 40');
    context.clock.advance(1);
    await open(browser, 1);
    expect(await todayOf(browser)).to.equal('1 of 40');
    const page = (await browser.get('/settings/me')).text;
    expect(page.replace(/\s*\n\s*/g, '')).to.include(
      '<th scope="row">15 Oct 2014</th><td>1</td></tr><tr><th scope="row">14 Oct 2014</th><td>2</td>',
    );
    expect(page.match(/<th scope="row">/g)).to.have.length(7);
    expect(await htmlProblems(page)).to.deep.equal([]);
  });

  it('counts what two windows open at once a single time', async () => {
    const browser = await signedIn(web, await aMember('reviewer'));
    await Promise.all(Array.from({ length: 8 }, () => open(browser, 7)));
    expect(await todayOf(browser)).to.equal('1 of 40');
  });

  it('asks for a break at the cap, and opens and counts all the same for whoever goes on', async () => {
    const browser = await signedIn(web, await aMember('reviewer'));
    expect((await chooseCap(browser, '2')).status).to.equal(303);
    for (const number of [1, 2]) await open(browser, number);
    expect(await open(browser, 3)).to.deep.equal({
      isOpened: false,
      sentence: 'You have opened 2 harmful texts and images today. Take a break; go on if you must.',
      button: 'Open all the same',
    });
    expect(await todayOf(browser), 'what stayed closed is not counted').to.equal('2 of 2');
    expect(await open(browser, 1), 'seen within the hour').to.deep.equal({ isOpened: true });
    expect(await open(browser, 3, { isAllTheSame: 'true' })).to.deep.equal({ isOpened: true });
    expect(await todayOf(browser)).to.equal('3 of 2');
    expect((await open(browser, 4)).isOpened, 'it asks each time').to.equal(false);
  });

  it('goes on counting where somebody wants no cap, and refuses one that is none', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const refused = await chooseCap(browser, '2.5');
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('value="2.5"').and.include('id="field-cap-error"');
    expect(await htmlProblems(refused.text)).to.deep.equal([]);
    await chooseCap(browser, '');
    for (let number = 0; number < 41; number++) {
      expect(await open(browser, number)).to.deep.equal({ isOpened: true });
    }
    expect(await todayOf(browser)).to.equal('41');
  });

  it('takes nothing but a fingerprint', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    for (const sent of ['They all despise you', '', 'ABCDEF01']) {
      expect((await browser.post(EXPOSURES, { thing: sent })).status, sent).to.equal(422);
    }
    expect(await todayOf(browser)).to.equal('0 of 40');
  });
});

describe('What a member opened, which rule 9 keeps for the person’s own use', () => {
  useDatabase();

  /** Opens three things and asks to be stopped after 487, which stands nowhere else. */
  async function expose(browser: Browser): Promise<void> {
    for (const number of [1, 2, 3]) await open(browser, number);
    await chooseCap(browser, '487');
    expect(await todayOf(browser)).to.equal('3 of 487');
  }

  it('changes no page that an administrator can open, of the person or of anything', async () => {
    const web = openWeb();
    const reviewer = await aMember('reviewer');
    const administrator = await signedIn(web, await aMember());
    const pages = routesOf(web.app).filter(({ method }) => method === 'get');
    const look = async () => {
      const seen = new Map<string, string>();
      for (const { path } of pages) {
        const address = path.replaceAll(/:\w+/g, reviewer._id);
        seen.set(address, (await administrator.get(address)).text ?? '');
      }
      return seen;
    };
    // A first round leaves notices behind, such as that no network was connected; later rounds are alike.
    await look();
    const before = await look();
    expect(before.get(`/settings/members/${reviewer._id}`)).to.include(reviewer.name);
    await expose(await signedIn(web, reviewer));
    const after = await look();
    const changed = [...before].filter(([address, text]) => after.get(address) !== text);
    expect(changed.map(([address]) => address)).to.deep.equal([]);
  });

  it('is in no trail, and in the database under ids that name neither person, day nor thing', async () => {
    const web = openWeb();
    const reviewer = await aMember('reviewer');
    await expose(await signedIn(web, reviewer));
    expect(await TrailEvents.countDocuments()).to.equal(0);
    const kept = (await databaseText()).filter(({ name }) => /exposure|opened/.test(name));
    expect(kept).to.have.length(3);
    for (const { name, bytes } of kept) {
      const documents = JSON.parse(bytes.toString()) as { _id: string }[];
      expect(documents, name).to.not.have.length(0);
      expect(bytes.toString(), name).to.not.include(reviewer._id).and.not.include(thing(2));
      for (const { _id } of documents) expect(_id, name).to.match(/^[0-9a-f]{64}$/);
    }
  });

  it('leaves no line in the log', async () => {
    const lines: string[] = [];
    const context = testContext();
    const log = openLog({ logLevel: 'info' });
    const noting = {
      child: () => noting,
      info: note,
      debug: note,
      warn: note,
      error: note,
    } as unknown as Log;
    function note(facts: object): void {
      lines.push(JSON.stringify(facts));
    }
    const web = openWeb({ ...context, log: Object.assign(Object.create(log), noting) });
    await expose(await signedIn(web, await aMember('reviewer')));
    expect(lines.join('\n')).to.include('"route":"/settings/me"').and.not.include('exposure');
  });
});
