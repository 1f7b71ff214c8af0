import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import {
  confirmWarnings,
  furnishHouse,
  type House,
  judgeHarmless,
  makeAccount,
  optionOf,
} from '../support/house.ts';
import { aPicture } from '../support/pictures.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { until } from '../support/until.ts';

const ALT = 'A table laid for four, one chair empty';
const FRENCH_ALT = 'Une table mise pour quatre, une chaise vide';
const TEXT = 'Three mothers, one question: who told our children it was a holiday?';
const PARTS = ['Two of them called us the same night.', 'You can still call. Day and night.'];
const NETWORKS = ['X', 'Mastodon', 'Bluesky'];

interface LedgerPost {
  text: string;
  media: { altText: string }[];
}

describe('An image and a thread, from the library to three networks', function journey() {
  this.timeout(240_000);
  let browser: Browser;
  let app: RunningApp;
  let house: House;
  let message = '';

  before(async () => {
    [browser, app] = await Promise.all([openBrowser(), startApp()]);
    house = await furnishHouse(browser, app);
    for (const network of NETWORKS.slice(1)) await makeAccount(house.administrator, network);
    const { drafter } = house;
    await drafter.go('/audiences/new');
    await drafter.fill({ name: 'Parents', role: 'influencers', tier: 'primary', 'targeting.ageFrom': '30' });
    await drafter.press('Save');
    await drafter.go('/campaigns/new');
    await drafter.fill({ title: 'Come home' });
    await drafter.press('Create campaign');
  });
  after(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('begins in the library, where an image is kept without the notes of its camera', async () => {
    const { drafter } = house;
    await drafter.go('/library/assets/new');
    const buffer = await aPicture({ width: 1200, height: 800, withNotes: true });
    await drafter.page.setInputFiles('[name=image]', {
      name: 'IMG_0001.jpg',
      mimeType: 'image/jpeg',
      buffer,
    });
    await drafter.fill({ altText: ALT, credit: 'Nadia, our own' });
    await drafter.press('Save');
    expect(await drafter.read())
      .to.include('The image is in the library.')
      .and.to.include('800 × 1,200 pixels');
    const shown = drafter.page.locator('main figure img');
    expect(
      await shown.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    ).to.equal(800);
  });

  it('lets the drafter write a thread of three and choose the image, counted and shown while typing', async () => {
    const { drafter } = house;
    const { page } = drafter;
    await drafter.go('/messages/new');
    await page.getByRole('link', { name: 'Come home' }).click();
    await drafter.fill({
      title: 'Three mothers',
      segment: await optionOf(drafter, 'segment', 'Parents'),
      type: 'help-offer',
      tone: 'testimonial',
      'callToAction.text': 'Call the helpline',
      'callToAction.service': 'Family helpline',
      'callToAction.isStaffed': 'yes',
      'variants[0].text': TEXT,
      'variants[0].account': await optionOf(drafter, 'variants[0].account', 'X @'),
    });
    for (const [index, part] of PARTS.entries()) {
      await drafter.press('Continue as a thread');
      await drafter.fill({ [`variants[0].parts[${index}].text`]: part });
    }
    await page.locator('#count-0-2', { hasText: `${PARTS[1]?.length}/280` }).waitFor();
    await page.locator('#preview', { hasText: PARTS[1] ?? '' }).waitFor();
    await chooseImage(0);
    await page.locator('#preview img').first().waitFor();
    await drafter.press('Add the chosen image and save');
    expect(await page.inputValue('[name="variants[0].images[0].altText"]')).to.equal(ALT);

    for (const [index, network] of NETWORKS.slice(1).entries()) {
      const name = `variants[${index + 1}]`;
      await drafter.fill({ 'more.network': network.toLowerCase(), 'more.language': 'en' });
      await page.locator('button[name=step][value=add]').click();
      await page.waitForLoadState('load');
      await drafter.fill({
        [`${name}.text`]: TEXT,
        [`${name}.account`]: await optionOf(drafter, `${name}.account`, `${network} @`),
      });
      await chooseImage(index + 1);
      await drafter.press('Save');
    }
    await drafter.fill({ 'variants[2].images[0].altText': FRENCH_ALT });
    await drafter.press('Save');
    message = new URL(page.url()).pathname.split('/')[2] ?? '';
    await drafter.press('Ask for review');
    expect(await drafter.read()).to.include('in review');
  });

  async function chooseImage(index: number): Promise<void> {
    const { page } = house.drafter;
    await page.locator('.composer-choices > summary').nth(index).click();
    await page.locator(`[name="variants[${index}].image"]`).first().check();
  }

  it('shows the reviewer every part and the words of every image, and is approved', async () => {
    const { reviewer } = house;
    await reviewer.go(`/reviews/${message}`);
    const page = await reviewer.read();
    for (const words of [TEXT, ...PARTS, '3/3', ALT, FRENCH_ALT]) expect(page).to.include(words);
    await judgeHarmless(reviewer);
    await reviewer.press('Approve');
    await reviewer.go(`/reviews/${message}`);
    expect(await reviewer.read()).to.include('approved');
  });

  it('stands on the three networks with its words, and says so part by part', async () => {
    const { scheduler } = house;
    for (const [index] of NETWORKS.entries()) {
      await scheduler.go('/posts/new');
      await scheduler.page.locator('.text-choices a').nth(index).click();
      await scheduler.fill({ when: 'now' });
      await scheduler.page.locator('main [name=account]').first().check();
      await scheduler.press('Place on the calendar');
      await confirmWarnings(scheduler);
      const post = new URL(scheduler.page.url()).pathname;
      const isOut = async () => {
        await scheduler.go(post);
        return (await scheduler.read()).includes('It was published.');
      };
      await until(isOut, { timeoutMs: 30_000, what: `the post on ${NETWORKS[index]} is published` });
      if (index === 0) expect((await scheduler.read()).match(/\d\/3 \d+\/280 +published/g)).to.have.length(3);
    }
    await scheduler.go('/rehearsal');
    const link = await scheduler.page
      .locator('a', { hasText: 'Open the timeline' })
      .first()
      .getAttribute('href');
    const origin = new URL(link ?? '').origin;
    const ledger = async (network: string): Promise<LedgerPost[]> => {
      const answer = await fetch(`${origin}/rehearsal/${network.toLowerCase()}/ledger`);
      return ((await answer.json()) as { posts: LedgerPost[] }).posts;
    };
    const onX = await ledger('X');
    expect(onX.map(({ text }) => text)).to.have.members([TEXT, ...PARTS]);
    expect(onX.flatMap(({ media }) => media.map(({ altText }) => altText))).to.deep.equal([ALT]);
    expect((await ledger('Mastodon')).map(({ media }) => media[0]?.altText)).to.deep.equal([ALT]);
    expect((await ledger('Bluesky')).map(({ media }) => media[0]?.altText)).to.deep.equal([FRENCH_ALT]);
  });

  it('left nothing on anybody’s console', () => {
    const complaints = Object.values(house).flatMap(({ complaints: all }) => all);
    expect(complaints).to.deep.equal([]);
  });

  it('has no accessibility faults on the pages that show it', async () => {
    const { drafter } = house;
    for (const path of [
      '/library/assets',
      '/library/assets/new',
      `/messages/${message}`,
      `/messages/${message}/edit`,
    ]) {
      await drafter.go(path);
      const { violations } = await new AxeBuilder({ page: drafter.page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`)).to.deep.equal([]);
    }
  });
});
