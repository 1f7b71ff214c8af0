import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { CONAN_CSV } from '../support/collections.ts';
import { aPerson, type Person } from '../support/person.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';

describe('A collection on its way into the library', function importing() {
  this.timeout(120_000);
  let browser: Browser;
  let app: RunningApp;
  let begun: string | undefined;

  beforeEach(async () => {
    [browser, app] = await Promise.all([openBrowser(), startApp()]);
  });
  afterEach(async () => {
    await browser?.close();
    await app?.stop();
  });

  async function aNewcomer(withoutScripts: boolean): Promise<Person> {
    const person = await aPerson(browser, app, { withoutScripts });
    await person.go(app.setupLink);
    await person.fill({
      organisation: 'Open Door',
      name: 'Nadia',
      email: 'nadia@opendoor.example',
      password: 'four quiet lanterns',
    });
    await person.page.uncheck('[name=loadsDemo]');
    await person.press('Begin');
    await person.go('/settings/members');
    await person.page.getByRole('link', { name: 'Nadia' }).first().click();
    await person.page.getByLabel('drafter').check();
    await person.press('Change roles');
    return person;
  }

  async function bring(person: Person): Promise<void> {
    await person.go('/library');
    await person.page.getByRole('link', { name: 'Import', exact: true }).click();
    await person.page.getByRole('link', { name: 'Import a file' }).first().click();
    await person.page.setInputFiles('main [name=file]', {
      name: 'CONAN.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(CONAN_CSV),
    });
    await person.press('Bring the file');
    begun = new URL(person.page.url()).pathname;
    expect(await person.page.inputValue('[name="mapping.text"]')).to.equal('counterSpeech');
    expect(await person.page.getByText('Newcomers eat all our bread.').first().isVisible()).to.equal(false);
    await person.page.locator('details.veiled summary').first().click();
    await person.page.getByText('Newcomers eat all our bread.').first().waitFor();
  }

  it('shows its progress by itself, is left and found again, imported and undone', async () => {
    const person = await aNewcomer(false);
    await bring(person);
    await person.press('Check the whole file');
    const start = person.page.getByRole('button', { name: 'Import 5 answers and 4 claims' });
    await start.waitFor({ timeout: 40_000 });
    await person.go('/');
    await person.go('/imports');
    await person.page.getByRole('link', { name: 'CONAN.csv' }).click();
    await start.click();
    await person.page.getByText('Everything is in the library').waitFor({ timeout: 40_000 });
    await person.go('/narratives');
    expect(await person.read()).to.include('severity 3 of 5');
    await person.go(String(begun));
    await person.press('Undo this import');
    await person.page.getByText('has been taken out again').waitFor({ timeout: 40_000 });
    expect(person.complaints).to.deep.equal([]);
  });

  it('comes in without scripts too', async () => {
    const person = await aNewcomer(true);
    await bring(person);
    await person.press('Check the whole file');
    await lookUntil(person, 'Import 5 answers and 4 claims');
    await person.press('Import 5 answers and 4 claims');
    await lookUntil(person, 'Everything is in the library');
    expect(person.complaints).to.deep.equal([]);
  });

  /** Looks again by the link of the page, as somebody without scripts does. */
  async function lookUntil(person: Person, text: string): Promise<void> {
    const deadline = Date.now() + 40_000;
    while (!(await person.read()).includes(text)) {
      if (Date.now() > deadline) throw new Error(`“${text}” did not come.`);
      const again = person.page.getByRole('link', { name: 'Look again' });
      if ((await again.count()) > 0) await again.click();
      await person.page.waitForLoadState('load');
    }
  }
});
