import type { Browser, Page } from 'playwright-core';
import type { RunningApp } from './running-app.ts';

/** What is typed, chosen or ticked, by the name of the field; a list ticks several boxes. */
export type Entries = Readonly<Record<string, string | readonly string[]>>;

/** Somebody at a browser of their own. */
export interface Person {
  page: Page;
  /** What the console complained about and what was answered with an error, as it came. */
  complaints: string[];
  go(path: string): Promise<void>;
  /** Fills in the fields of the page in front. */
  fill(entries: Entries): Promise<void>;
  /** Presses a button of the page's main part and waits for the next page. */
  press(label: string | RegExp): Promise<void>;
  /** All text of the page's main part, with single spaces. */
  read(): Promise<string>;
}

export interface PersonOptions {
  withoutScripts?: boolean;
}

/** Opens a browser window in which nobody is signed in yet. */
export async function aPerson(
  browser: Browser,
  { origin }: RunningApp,
  { withoutScripts = false }: PersonOptions = {},
): Promise<Person> {
  const context = await browser.newContext({ javaScriptEnabled: !withoutScripts });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return {
    page,
    complaints,
    go: async (path) => void (await page.goto(new URL(path, origin).href)),
    async fill(entries) {
      for (const [name, value] of Object.entries(entries)) await enter(page, name, value);
    },
    async press(label) {
      await page.locator('main').getByRole('button', { name: label }).first().click();
      await page.waitForLoadState('load');
    },
    read: async () => ((await page.textContent('main')) ?? '').replace(/\s+/g, ' '),
  };
}

async function enter(page: Page, name: string, value: string | readonly string[]): Promise<void> {
  const fields = page.locator(`main [name="${name}"]`);
  const kind = await fields.first().evaluate((field) => {
    const { tagName } = field as { tagName: string };
    return tagName === 'INPUT' ? (field as unknown as { type: string }).type : tagName.toLowerCase();
  });
  if (kind === 'select') return void (await fields.first().selectOption(value as string));
  if (kind !== 'radio' && kind !== 'checkbox') return fields.first().fill(value as string);
  for (const one of typeof value === 'string' ? [value] : value) {
    await page.locator(`main [name="${name}"][value="${one}"]`).check();
  }
}
