import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { setUpDemo } from '../support/house.ts';
import { startApp } from '../support/running-app.ts';

const FOLDER = fileURLToPath(new URL('../../.github/screenshots/', import.meta.url));
/** The README is read over slow lines too. */
const MOST_BYTES = 200 * 1024;
const VIEWPORT = { width: 1280, height: 840 };

/** Writes the pictures of the README from the real program with the demo world in it. */
async function takeScreenshots(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await openBrowser();
  const app = await startApp();
  try {
    const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: 'light' });
    const page = await context.newPage();
    await setUpDemo(page, app.setupLink);
    await shoot(page, 'today');
    await page.goto(new URL('/calendar', app.setupLink).href);
    await shoot(page, 'calendar');
    await page.goto(await firstLink(page, '/reviews', /^\/reviews\/[0-9a-f]{24}$/));
    await shoot(page, 'review');
    await page.goto(`${await firstLink(page, '/messages', /^\/messages\/[0-9a-f]{24}$/)}/edit`);
    await shoot(page, 'composer');
    await page.goto(`${await firstLink(page, '/campaigns', /^\/campaigns\/[0-9a-f]{24}$/)}/report`);
    await shoot(page, 'report');
    await page.goto(await firstLink(page, '/rehearsal', /\/rehearsal\/x$/));
    await shoot(page, 'rehearsal');
  } finally {
    await browser.close();
    await app.stop();
  }
}

async function firstLink(page: Page, list: string, wanted: RegExp): Promise<string> {
  await page.goto(new URL(list, page.url()).href);
  const paths = await page
    .locator('main a')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
  const found = paths.find((path) => wanted.test(path));
  if (!found) throw new Error(`${list} leads nowhere: ${paths.join(' ')}`);
  return new URL(found, page.url()).href;
}

async function shoot(page: Page, name: string): Promise<void> {
  const path = `${FOLDER}${name}.png`;
  await page.screenshot({ path, animations: 'disabled' });
  const bytes = statSync(path).size;
  if (bytes > MOST_BYTES) throw new Error(`${name}.png has ${bytes} bytes; at most ${MOST_BYTES} are wanted`);
  process.stdout.write(`${name}.png ${Math.round(bytes / 1024)} KB\n`);
}

await takeScreenshots();
