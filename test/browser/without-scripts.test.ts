import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { confirmWarnings, furnishHouse, judgeHarmless, optionOf } from '../support/house.ts';
import { aPicture } from '../support/pictures.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';

describe('The same way without scripts', function withoutScripts() {
  this.timeout(90_000);
  let browser: Browser;
  let app: RunningApp;

  before(async () => {
    [browser, app] = await Promise.all([openBrowser(), startApp()]);
  });
  after(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('leads from a draft with its preview over the review to the calendar', async () => {
    const { drafter, reviewer, scheduler } = await furnishHouse(browser, app, { withoutScripts: true });
    await drafter.go('/audiences/new');
    await drafter.fill({
      name: 'Parents',
      role: 'influencers',
      tier: 'primary',
      'targeting.ageFrom': '30',
    });
    await drafter.press('Save');
    await drafter.go('/library/assets/new');
    const file = { name: 'window.png', mimeType: 'image/png', buffer: await aPicture({ as: 'png' }) };
    await drafter.page.setInputFiles('[name=image]', file);
    await drafter.fill({ altText: 'A lit window' });
    await drafter.press('Save');
    await drafter.go('/campaigns/new');
    await drafter.fill({ title: 'Come home' });
    await drafter.press('Create campaign');
    await drafter.go('/messages/new');
    await drafter.page.getByRole('link', { name: 'Come home' }).click();
    await drafter.fill({
      title: 'You can still call',
      'variants[0].text': 'You can still call. 24 hours, no questions asked.',
      'variants[0].account': await optionOf(drafter, 'variants[0].account', '@rehearsal_1'),
      segment: await optionOf(drafter, 'segment', 'Parents'),
      type: 'help-offer',
      tone: 'empathic',
      'callToAction.text': 'Call the helpline',
      'callToAction.service': 'Family helpline',
      'callToAction.isStaffed': 'yes',
    });
    await drafter.press('Continue as a thread');
    await drafter.fill({ 'variants[0].parts[0].text': 'Nobody will ask for your name.' });
    await drafter.page.locator('.composer-choices > summary').first().click();
    await drafter.page.locator('[name="variants[0].image"]').first().check();
    await drafter.press('Refresh preview');
    const preview = drafter.page.locator('#preview');
    expect(await preview.textContent())
      .to.include('2/2')
      .and.to.include('A lit window');
    expect(await preview.locator('img').count()).to.equal(1);
    expect(await drafter.page.locator('#preview').textContent()).to.include('no questions asked');
    expect(await drafter.page.inputValue('[name=title]'), 'nothing typed is lost').to.equal(
      'You can still call',
    );
    await drafter.press('Save');
    await drafter.press('Ask for review');

    await reviewer.go('/reviews');
    await reviewer.page.getByRole('link', { name: 'You can still call' }).first().click();
    await judgeHarmless(reviewer);
    await reviewer.press('Approve');

    await scheduler.go('/posts/new');
    await scheduler.page.locator('.text-choices a').first().click();
    await scheduler.page.locator('main [name=account]').first().check();
    await scheduler.fill({ when: 'at', wallTime: '2030-01-15T10:00' });
    await scheduler.press('Place on the calendar');
    await confirmWarnings(scheduler);
    await scheduler.go('/calendar?view=list&date=2030-01-15');
    expect(await scheduler.read()).to.include('You can still call');
    for (const person of [drafter, reviewer, scheduler]) expect(person.complaints).to.deep.equal([]);
  });
});
