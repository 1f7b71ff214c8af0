import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { furnishHouse, type House } from '../support/house.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { until } from '../support/until.ts';

const TEXT = 'Three mothers, one question. You can still call, day and night.';

describe('The composer, in a real browser', function journey() {
  this.timeout(90_000);
  let browser: Browser;
  let app: RunningApp;
  let people: House;
  let composer = '';

  before(async () => {
    [browser, app] = await Promise.all([openBrowser(), startApp()]);
    people = await furnishHouse(browser, app);
  });
  after(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('takes the words that were selected for a comment, and leaves what is typed in the composer where it is', async () => {
    const { drafter } = people;
    await drafter.go('/campaigns/new');
    await drafter.fill({ title: 'Come home' });
    await drafter.press('Create campaign');
    const campaign = drafter.page.url().split('/')[4];
    await drafter.go(`/messages/new?campaign=${campaign}`);
    await drafter.fill({ title: 'Three mothers', 'variants[0].text': TEXT });
    await drafter.press('Save');
    composer = drafter.page.url();
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

  it('says what is wrong with a comment where it was typed', async () => {
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

  it('keeps what is typed and not saved, also when the window is closed, and goes on with it', async () => {
    const { page: first } = people.drafter;
    await first.goto(composer);
    await first.locator('[name="variants[0].text"]').fill(`${TEXT} Nobody asks for your name.`);
    await first.locator('[data-autosave-state]', { hasText: 'Kept at' }).waitFor();
    await first.close();

    const again = await first.context().newPage();
    await again.goto(composer);
    expect(await again.inputValue('[name="variants[0].text"]'), 'it was not saved').to.equal(TEXT);
    await again.getByRole('link', { name: 'Go on with it' }).click();
    expect(await again.inputValue('[name="variants[0].text"]')).to.equal(
      `${TEXT} Nobody asks for your name.`,
    );
    await again.getByRole('button', { name: 'Save', exact: true }).click();
    await again.getByText('The message is saved.').waitFor();
    await again.goto(composer);
    expect(await again.inputValue('[name="variants[0].text"]')).to.equal(
      `${TEXT} Nobody asks for your name.`,
    );
    expect(await again.getByRole('link', { name: 'Go on with it' }).count()).to.equal(0);
    await again.close();
  });

  it('offers the accounts of a network as soon as the network is chosen', async () => {
    const page = await people.drafter.page.context().newPage();
    await page.goto(composer);
    const accounts = page.locator('[name="variants[0].account"] option', { hasText: '@' });
    expect(await accounts.count()).to.equal(1);
    await page.selectOption('[name="variants[0].network"]', 'mastodon');
    await page.getByText('No Mastodon account yet: connect one under Accounts.').waitFor();
    expect(await accounts.count()).to.equal(0);
    await page.selectOption('[name="variants[0].network"]', 'x');
    await accounts.first().waitFor({ state: 'attached' });
    expect(await page.inputValue('[name="variants[0].text"]')).to.include(TEXT);
    await page.close({ runBeforeUnload: false });
  });

  it('begins another arm of a text by keyboard, and says while it is typed whether it differs', async () => {
    const page = await people.drafter.page.context().newPage();
    await page.goto(composer);
    await page.getByRole('button', { name: 'Add another version of this text for an experiment' }).focus();
    await page.keyboard.press('Enter');
    const text = page.locator('[name="variants[1].text"]');
    await text.waitFor();
    expect(new URL(page.url()).hash).to.equal(`#${await text.getAttribute('id')}`);
    expect(await page.inputValue('[name="variants[0].arm"]')).to.equal('A');
    expect(await page.inputValue('[name="variants[1].arm"]')).to.equal('B');
    const preview = page.locator('#preview');
    await preview.getByText('Arm “A” says the same').waitFor();

    await text.fill('Is somebody you love about to leave? A person answers at night.');
    await page.fill('[name="variants[1].arm"]', 'Empathy');
    await preview.getByText('arm empathy', { exact: true }).waitFor();
    expect(await preview.getByText('nothing would be compared').count()).to.equal(0);
    expect(await preview.getByText('It says something else than the other arms.').count()).to.equal(2);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The message is saved.').waitFor();
    expect(await page.inputValue('[name="variants[1].arm"]')).to.equal('empathy');
  });
});
