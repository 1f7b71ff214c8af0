import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { changeLook, faultsOf } from '../support/access.ts';
import { openBrowser } from '../support/browser.ts';
import { CONAN_CSV } from '../support/collections.ts';
import * as drafting from '../support/drafting.ts';
import { planCampaign, stockLibrary } from '../support/drafting-brief.ts';
import { furnishHouse, makeAccount, signIn } from '../support/house.ts';
import { inSteps } from '../support/in-steps.ts';
import type { Person } from '../support/person.ts';
import { aPlay, writtenOut } from '../support/play.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';

interface LedgerPost {
  text: string;
  media: { altText: string }[];
}

const WAYS = [
  { title: 'with mouse and keyboard', play: aPlay('in a window', 10), options: {} },
  { title: 'by keyboard alone', play: aPlay('by keys', 90), options: { byKeyboard: true } },
  { title: 'without scripts', play: aPlay('on plain pages', 170), options: { withoutScripts: true } },
];

/** Each language, appearance and width once: what one of them breaks, it breaks in every other. */
const LOOKS = [
  { language: 'en', appearance: 'light', width: 1280 },
  { language: 'ar', appearance: 'dark', width: 390 },
];

describe('From a brief to three networks, returned once', function journeys() {
  this.timeout(180_000);
  let browser: Browser;
  let app: RunningApp;
  let administrator: Person;
  let rehearsal = '';
  let campaign = '';
  let message = '';

  before(async () => {
    [browser, app] = await Promise.all([openBrowser(), startApp()]);
    ({ administrator } = await furnishHouse(browser, app));
    for (const network of ['Mastodon', 'Bluesky']) await makeAccount(administrator, network);
    await administrator.go('/rehearsal');
    const timeline = administrator.page.getByRole('link', { name: 'Open the timeline' }).first();
    rehearsal = new URL((await timeline.getAttribute('href')) ?? '').origin;
  });
  after(async () => {
    await browser?.close();
    await app?.stop();
  });

  for (const { title, play, options } of WAYS) {
    describe(title, function way() {
      inSteps();
      const people: Record<'drafter' | 'reviewer' | 'scheduler', Person> = {} as never;

      before(async () => {
        for (const role of ['drafter', 'reviewer', 'scheduler'] as const) {
          people[role] = await signIn(browser, app, { role, ...options });
        }
      });
      after(async () => {
        for (const { page } of Object.values(people)) await page.context().close();
      });

      it('lets the drafter write a brief from which nothing is missing', async () => {
        await stockLibrary(people.drafter, play);
        campaign = await planCampaign(people.drafter, play);
      });

      it('lets the drafter write for three networks in two languages, with a thread and an image', async () => {
        message = await drafting.writeMessage(people.drafter, play, options);
        await drafting.askForReview(people.drafter);
      });

      it('lets the reviewer comment on a passage and return the message with a reason', () =>
        drafting.returnMessage(people.reviewer, play));

      it('leads the drafter to the correction, and the translation after it', () =>
        drafting.correctMessage(people.drafter, play, message));

      it('is approved by another person, and published word for word with what the image tells', async () => {
        await drafting.approveMessage(people.reviewer, play, message);
        await drafting.publishEverywhere(people.scheduler, play);
        const [onX, onMastodon, onBluesky] = await Promise.all(['x', 'mastodon', 'bluesky'].map(ledgerOf));
        const text = writtenOut(play.corrected);
        const french = writtenOut(play.frenchCorrected);
        expect(onX).to.include(`${text} [${play.altText}]`).and.to.include(play.continuation);
        expect(onMastodon).to.include(`${text} [${play.altText}]`);
        expect(onBluesky).to.include(`${french} [${play.frenchAltText}]`);
      });

      it('is placed for a day to come, and stands on the calendar', () =>
        drafting.placeForLater(people.scheduler, play));

      it('left nothing on anybody’s console', () => {
        expect(Object.values(people).flatMap(({ complaints }) => complaints)).to.deep.equal([]);
      });
    });
  }

  describe('shows it to everybody', () => {
    for (const look of LOOKS) {
      it(`without faults in “${look.language}”, ${look.appearance}, ${look.width} px wide`, async () => {
        const drafter = await signIn(browser, app, { role: 'drafter' });
        const reviewer = await signIn(browser, app, { role: 'reviewer' });
        await drafter.go('/answers/new');
        await drafter.fill({ text: `Ask the mothers what proud means, ${look.language}.`, language: 'en' });
        await drafter.press('Save');
        const answer = new URL(drafter.page.url()).pathname;
        await drafter.go('/imports/new');
        const file = { name: 'CONAN.csv', mimeType: 'text/csv', buffer: Buffer.from(CONAN_CSV) };
        await drafter.attach('file', file);
        await drafter.press('Bring the file');
        const imported = new URL(drafter.page.url()).pathname;
        const pages = [
          ...[
            answer,
            `${answer}/edit`,
            '/answers',
            '/library/duplicates',
            '/search?q=mothers',
            '/library/assets',
          ],
          ...[
            '/library/assets/new',
            '/imports',
            '/imports/new',
            imported,
            '/campaigns',
            `/campaigns/${campaign}/brief`,
          ],
          ...[`/messages/${message}`, `/messages/${message}/edit`, `/messages/${message}/comments`],
          `/messages/${message}/versions`,
        ];
        const faults: string[] = [];
        for (const [person, paths] of [
          [drafter, pages],
          [reviewer, ['/reviews', `/reviews/${message}`]],
          [administrator, [`/campaigns/${campaign}`, `/campaigns/${campaign}/withdrawal`, '/accounts']],
        ] as const) {
          await person.page.setViewportSize({ width: look.width, height: 800 });
          await changeLook(person, look);
          for (const path of paths) faults.push(...(await faultsOf(person, path)));
        }
        expect(faults).to.deep.equal([]);
      });
    }
  });

  /** What stands on the stand-in of a network: each post with the words for its images in brackets. */
  async function ledgerOf(network: string): Promise<string[]> {
    const answer = await fetch(`${rehearsal}/rehearsal/${network}/ledger`);
    const { posts } = (await answer.json()) as { posts: LedgerPost[] };
    return posts.map(({ text, media }) => [text, ...media.map(({ altText }) => `[${altText}]`)].join(' '));
  }
});
