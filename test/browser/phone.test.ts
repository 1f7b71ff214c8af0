import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { setUpDemo } from '../support/house.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';

describe('On a phone, in Arabic and dark', function phone() {
  this.timeout(120_000);
  let browser: Browser;
  let app: RunningApp;
  let page: Page;

  before(async () => {
    [browser, app] = await Promise.all([openBrowser(), startApp()]);
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    page = await context.newPage();
    await setUpDemo(page, app.setupLink);
    await page.locator('.top-tools details.menu summary').click();
    await page.getByRole('button', { name: 'العربية' }).click();
    await page.locator('html[dir=rtl]').waitFor();
    await page.waitForLoadState('load');
  });
  after(async () => {
    await browser?.close();
    await app?.stop();
  });

  const width = () => page.evaluate('document.documentElement.scrollWidth');

  it('reaches every part of the program from its bar', async () => {
    const bar = page.getByRole('navigation').first();
    expect(await bar.getByRole('link').count()).to.equal(4);
    await bar.locator('summary').click();
    await bar.getByRole('link', { name: 'الإعدادات' }).click();
    await page.waitForURL(/\/settings/);
    expect(await width()).to.equal(390);
  });

  it('keeps the header to one line, with a name for its pause', async () => {
    const pause = page.getByRole('link', { name: 'أوقف كل شيء' });
    expect((await pause.boundingBox())?.height).to.be.below(44);
  });

  it('puts the days of a month that have something below each other', async () => {
    await page.goto(new URL('/calendar', app.origin).href);
    const days = page.locator('.calendar-day:visible');
    expect(await days.count()).to.be.above(1);
    for (const day of await days.all()) expect((await day.boundingBox())?.width).to.be.above(300);
    expect(await width()).to.equal(390);
  });
});
