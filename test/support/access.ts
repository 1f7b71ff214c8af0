import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { Person } from './person.ts';

/**
 * What axe finds on the page in front: rule and element. Only what is wrong is gathered and sent over, and no second
 * page is opened to put the findings of frames together, since our pages have none.
 */
export async function violationsOn(page: Page): Promise<string[]> {
  if ((await page.locator('iframe, frame').count()) > 0) throw new Error('Frames would not be looked at.');
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`));
}

/** What axe finds on this page, and whether anything makes it wider than its window. Empty when all is well. */
export async function faultsOf({ page, go }: Person, path: string): Promise<string[]> {
  await go(path);
  const found = (await violationsOn(page)).map((violation) => `${path} ${violation}`);
  const tooWide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
  return tooWide > 0 ? [...found, `${path} is ${tooWide} px wider than its window`] : found;
}

/** Changes language and appearance where people do, in the account menu. */
export async function changeLook(
  { page, go }: Person,
  { language, appearance }: { language: string; appearance: string },
): Promise<void> {
  await go('/');
  for (const choice of [`[name=language][value=${language}]`, `[name=appearance][value=${appearance}]`]) {
    await page.locator('.top-tools .menu > summary').click();
    await page.locator(`.menu-panel ${choice}`).click();
    await page.waitForLoadState('load');
  }
}
