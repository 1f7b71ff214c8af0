import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { violationsOn } from '../support/access.ts';
import { openBrowser } from '../support/browser.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';

describe('The first start, in a real browser', function firstStart() {
  this.timeout(120_000);
  let browser: Browser;
  let app: RunningApp;
  let page: Page;

  before(async () => {
    browser = await openBrowser();
    const context = await browser.newContext({ timezoneId: 'Asia/Calcutta' });
    page = await context.newPage();
    app = await startApp();
    await page.goto(app.setupLink);
  });
  after(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('makes the first member through the printed link and leads to Today', async () => {
    await page.fill('[name=organisation]', 'Open Door');
    await page.fill('[name=name]', 'Nadia');
    await page.fill('[name=email]', 'nadia@opendoor.example');
    await page.fill('[name=password]', 'four quiet lanterns');
    expect(await page.inputValue('[name=timeZone]'), 'the zone of the browser').to.equal('Asia/Kolkata');
    await page.uncheck('[name=loadsDemo]');
    const pressed = await page.evaluate(`
      const button = document.querySelector('main button[type=submit]');
      button.click();
      [button.disabled, button.textContent]
    `);
    expect(pressed).to.deep.equal([true, 'Setting up… With the demo world this takes up to a minute.']);
    await page.waitForURL((url) => url.pathname === '/');
    expect(await page.textContent('h1')).to.include('Today');
  });

  it('copies the link of an invitation, and says that it opens only on this computer', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${new URL(page.url()).origin}/settings/members/new`);
    await page.fill('[name=name]', 'Amina');
    await page.fill('[name=email]', 'amina@opendoor.example');
    await page.check('[name=roles]');
    await page.click('main form:has([name=email]) button[type=submit]');
    await page.getByText('This link opens only on this computer').waitFor();
    expect(await violationsOn(page)).to.deep.equal([]);
    await page.click('button[data-copy]');
    await page.getByText('Copied').waitFor();
    const link = await page.textContent('.secret-link');
    expect(await page.evaluate('navigator.clipboard.readText()')).to.equal(link);
  });

  it('shows the main pages without accessibility faults', async () => {
    const origin = new URL(page.url()).origin;
    for (const path of ['/', '/campaigns', '/calendar', '/reviews', '/reports', '/accounts']) {
      await page.goto(origin + path);
      expect(await violationsOn(page), path).to.deep.equal([]);
    }
  });
});
