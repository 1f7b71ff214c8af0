import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { furnishHouse, type House } from '../support/house.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { until } from '../support/until.ts';

const TEXT = 'Three mothers, one question. You can still call, day and night.';

describe('Commenting on a passage, in a real browser', function journey() {
  this.timeout(90_000);
  let browser: Browser;
  let app: RunningApp;
  let people: House;

  before(async () => {
    [browser, app] = await Promise.all([openBrowser(), startApp()]);
    people = await furnishHouse(browser, app);
  });
  after(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('takes the words that were selected, and leaves what is typed in the composer where it is', async () => {
    const { drafter } = people;
    await drafter.go('/campaigns/new');
    await drafter.fill({ title: 'Come home' });
    await drafter.press('Create campaign');
    const campaign = drafter.page.url().split('/')[4];
    await drafter.go(`/messages/new?campaign=${campaign}`);
    await drafter.fill({ title: 'Three mothers', 'variants[0].text': TEXT });
    await drafter.press('Save');
    await drafter.fill({ 'callToAction.text': 'Call the helpline' });

    await drafter.page.evaluate(`{
      const text = document.querySelector('#comments [data-passage]').firstChild;
      const at = text.data.indexOf('day and night');
      document.getSelection().setBaseAndExtent(text, at, text, at + 'day and night'.length);
    }`);
    const quote = drafter.page.locator('[name="comment.quote"]');
    await until(async () => (await quote.inputValue()) === 'day and night');
    await drafter.page.locator('[name="comment.text"]').fill('Is somebody there at 4 in the morning?');
    await drafter.page.getByRole('button', { name: 'Comment', exact: true }).click();
    await drafter.page.locator('#comments mark').waitFor();

    expect(await drafter.page.locator('#comments mark').textContent()).to.equal('day and night');
    expect(await drafter.page.locator('[name="callToAction.text"]').inputValue()).to.equal(
      'Call the helpline',
    );
    expect(drafter.complaints).to.deep.equal([]);
  });

  it('says what is wrong where it was typed', async () => {
    const { drafter } = people;
    await drafter.page.locator('[name="comment.quote"]').fill('Words of another text');
    await drafter.page.locator('[name="comment.text"]').fill('Where is this from?');
    await drafter.page.getByRole('button', { name: 'Comment', exact: true }).click();
    await drafter.page.locator('#comments .field-error').first().waitFor();
    expect(await drafter.page.locator('[name="comment.text"]').inputValue()).to.equal('Where is this from?');
    expect(await drafter.page.locator('[name="callToAction.text"]').inputValue()).to.equal(
      'Call the helpline',
    );
  });
});
