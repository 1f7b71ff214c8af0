import { AxeBuilder } from '@axe-core/playwright';
import type { Person } from './person.ts';

/** What axe finds on this page, and whether anything makes it wider than its window. Empty when all is well. */
export async function faultsOf({ page, go }: Person, path: string): Promise<string[]> {
  await go(path);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id} ${html}`));
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
