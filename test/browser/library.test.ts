import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { faultsOf } from '../support/access.ts';
import { openBrowser } from '../support/browser.ts';
import { furnishHouse, optionOf } from '../support/house.ts';
import type { Person } from '../support/person.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';

const CLAIM = 'Your family will be proud of you';
const ANSWER = 'Ask the mothers of Verviers what proud means.';

/** A narrative, two answers to it, one found by a beginning and a filter, and a message that begins from it. */
async function fromSearchToDraft({ page, ...drafter }: Person): Promise<void> {
  await drafter.go('/campaigns/new');
  await drafter.fill({ title: 'Come home' });
  await drafter.press('Create campaign');
  await drafter.go('/narratives/new');
  await drafter.fill({
    claim: CLAIM,
    severity: '4',
    appeals: ['belonging'],
    targets: 'mothers',
    tags: 'family',
  });
  await drafter.press('Save');
  await page.getByRole('link', { name: 'New answer' }).click();
  await drafter.fill({
    text: ANSWER,
    language: 'en',
    strategies: ['question'],
    tone: 'empathic',
    tags: 'family, C00211',
  });
  await drafter.press('Save');
  await drafter.go('/answers/new');
  await drafter.fill({ text: `${ANSWER} Idiots.`, language: 'en', standing: 'refused', refusal: 'shaming' });
  await drafter.press('Save');
  expect(await drafter.read())
    .to.include('Another answer says much the same')
    .and.include('Refused: shaming');

  await drafter.go('/answers');
  await page.fill('main [name=q]', 'mothers verv');
  await page.locator('main .more-filters > summary').click();
  await page.selectOption('main [name=standing]', 'usable');
  await drafter.press('Show');
  expect(new URL(page.url()).searchParams.get('q')).to.equal('mothers verv');
  expect(await page.inputValue('main [name=q]')).to.equal('mothers verv');
  expect(await drafter.read())
    .to.include(ANSWER)
    .and.not.include('Refused answer');
  await page.getByRole('link', { name: ANSWER }).click();

  expect(await page.getByText(CLAIM).isVisible(), 'the claim is veiled').to.equal(false);
  await page.getByRole('link', { name: 'Use as a starting point' }).click();
  await page.getByRole('link', { name: 'Come home' }).click();
  expect(await page.inputValue('[name="variants[0].text"]')).to.equal(ANSWER);
  expect(await page.inputValue('[name=tone]')).to.equal('empathic');
  expect(await page.isChecked('[name=strategies][value=question]')).to.equal(true);
  expect(await page.inputValue('[name=narrative]')).to.equal(
    await optionOf({ page } as Person, 'narrative', CLAIM),
  );
  await drafter.fill({ title: 'Ask the mothers' });
  await drafter.press('Save');
  await page.fill('[data-search-field]', 'mothers');
  await page.press('[data-search-field]', 'Enter');
  await page.waitForURL(/\/search\?q=mothers/);
  await page.getByRole('link', { name: 'Ask the mothers' }).first().click();
  await page.getByRole('link', { name: 'It began from an answer of the library' }).click();
  expect(await drafter.read()).to.match(/Messages that began from it\s*Ask the mothers/);
}

describe('The library', function library() {
  this.timeout(120_000);
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
  });

  for (const withoutScripts of [false, true]) {
    describe(withoutScripts ? 'without scripts' : 'with scripts', () => {
      let app: RunningApp;
      before(async () => {
        app = await startApp();
      });
      after(async () => {
        await app?.stop();
      });

      it('leads from a search over an answer to a draft that remembers it', async () => {
        const { drafter } = await furnishHouse(browser, app, { withoutScripts });
        await fromSearchToDraft(drafter);
        await (withoutScripts ? checkVeilsUncounted : checkVeils)(drafter);
        expect(drafter.complaints).to.deep.equal([]);
        if (withoutScripts) return;
        await checkKeys(drafter);
        await checkAccess(drafter);
      });
    });
  }
});

/** At the cap a veil stays closed and offers a break; what was open within the hour, and whoever goes on, passes. */
async function checkVeils({ page, go, read, ...person }: Person): Promise<void> {
  const offer = page.getByText('You have opened 1 harmful text or image today. Take a break');
  await go('/settings/me');
  await person.fill({ cap: '1' });
  await page.locator('form[action="/settings/me/exposure-cap"] button').click();
  await page.getByText('Your settings are saved.').waitFor();
  await go('/narratives');
  await page.locator('details.veiled summary').click();
  await page.getByText(CLAIM).waitFor();

  await go('/answers?standing=refused');
  await page.locator('details.veiled summary').focus();
  await page.keyboard.press('Enter');
  await offer.waitFor();
  expect(await page.getByText('Idiots.').isVisible(), 'it is still veiled').to.equal(false);
  await person.press('Open all the same');
  await page.getByText('Idiots.').waitFor();
  expect(await offer.count()).to.equal(0);
  await go('/narratives');
  await page.locator('details.veiled summary').click();
  await page.getByText(CLAIM).waitFor();
  await go('/settings/me');
  expect(await read()).to.include('Today: 2 of 1.');
}

/** Without scripts a veil opens and nobody hears of it, which one's own page says. */
async function checkVeilsUncounted({ page, go, read }: Person): Promise<void> {
  await go('/narratives');
  await page.locator('details.veiled summary').click();
  await page.getByText(CLAIM).waitFor();
  await go('/settings/me');
  expect(await read())
    .to.include('Today: 0 of 40.')
    .and.include('A browser without scripts tells nobody what you open');
}

/** Ctrl+K goes to the search; a tag field suggests what continues the tags that are there. */
async function checkKeys({ page, go }: Person): Promise<void> {
  await page.keyboard.press('Control+k');
  expect(await page.evaluate('document.activeElement.id')).to.equal('top-search');
  await go('/answers/new');
  await page.locator('main [name=tags]').pressSequentially('family, ');
  expect(await page.locator('#known-tags option').first().getAttribute('value')).to.match(/^family, C\d{5}$/);
}

/** Complaints are not looked at here: axe puts styles into the page, which the page refuses. */
async function checkAccess(drafter: Person): Promise<void> {
  const faults: string[] = [];
  for (const path of [
    '/answers?tone=empathic',
    '/answers/new',
    '/library/duplicates',
    '/search?q=mothers',
    '/settings/me',
  ]) {
    faults.push(...(await faultsOf(drafter, path)));
  }
  expect(faults).to.deep.equal([]);
}
