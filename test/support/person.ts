import type { Browser, Locator, Page } from 'playwright-core';
import { keyboardHands } from './keyboard.ts';
import type { RunningApp } from './running-app.ts';

/** What is typed, chosen or ticked, by the name of the field; a list ticks several boxes. */
type Entries = Readonly<Record<string, string | readonly string[]>>;

interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** How somebody works a page: with mouse and keyboard, or by the keyboard alone. */
export interface Hands {
  /** Replaces what is in a field. */
  write(field: Locator, text: string): Promise<void>;
  choose(select: Locator, value: string): Promise<void>;
  tick(box: Locator): Promise<void>;
  /** Presses a button or follows a link. */
  activate(target: Locator): Promise<void>;
  unfold(summary: Locator): Promise<void>;
  attach(field: Locator, file: Upload): Promise<void>;
}

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
  /** Follows the first link of this name, anywhere on the page. */
  follow(name: string | RegExp): Promise<void>;
  /** Opens the folded part of this name, the first one unless another number (from 0) is given. */
  unfold(label: string, number?: number): Promise<void>;
  /** Hands in a file. */
  attach(name: string, file: Upload): Promise<void>;
  /** All text of the page's main part, with single spaces. */
  read(): Promise<string>;
}

export interface PersonOptions {
  withoutScripts?: boolean;
  /** Touches no mouse, and minds where the focus goes. */
  byKeyboard?: boolean;
}

/** Opens a browser window in which nobody is signed in yet. */
export async function aPerson(
  browser: Browser,
  { origin }: Pick<RunningApp, 'origin'>,
  { withoutScripts = false, byKeyboard = false }: PersonOptions = {},
): Promise<Person> {
  // Scrolling at once, so that what has the focus is where it will be.
  const context = await browser.newContext({ javaScriptEnabled: !withoutScripts, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const hands = byKeyboard ? keyboardHands(page) : mouseHands(page);
  return {
    page,
    complaints: complaintsOf(page),
    go: async (path) => void (await page.goto(new URL(path, origin).href)),
    async fill(entries) {
      for (const [name, value] of Object.entries(entries)) await enter(page, hands, { name, value });
    },
    press: (label) => hands.activate(page.locator('main').getByRole('button', { name: label }).first()),
    follow: (name) => hands.activate(page.getByRole('link', { name }).first()),
    async unfold(label, number = 0) {
      const summary = page.locator('main summary', { hasText: label }).nth(number);
      await hands.unfold(summary);
      // What is harmful opens when the server has counted it.
      await summary.locator('xpath=parent::details[@open]').waitFor();
    },
    attach: (name, file) => hands.attach(page.locator(`main [name="${name}"]`), file),
    read: async () => ((await page.textContent('main')) ?? '').replace(/\s+/g, ' '),
  };
}

function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return complaints;
}

function mouseHands(page: Page): Hands {
  return {
    write: (field, text) => field.fill(text),
    choose: async (select, value) => void (await select.selectOption(value)),
    tick: (box) => box.check(),
    async activate(target) {
      await target.click();
      await page.waitForLoadState('load');
    },
    unfold: (summary) => summary.click(),
    attach: (field, file) => field.setInputFiles(file),
  };
}

async function enter(
  page: Page,
  hands: Hands,
  { name, value }: { name: string; value: string | readonly string[] },
): Promise<void> {
  const field = page.locator(`main [name="${name}"]`).first();
  const kind = await field.evaluate((element) => {
    const { tagName } = element as { tagName: string };
    return tagName === 'INPUT' ? (element as unknown as { type: string }).type : tagName.toLowerCase();
  });
  if (kind === 'select') return hands.choose(field, value as string);
  if (kind !== 'radio' && kind !== 'checkbox') return hands.write(field, value as string);
  for (const one of typeof value === 'string' ? [value] : value) {
    await hands.tick(page.locator(`main [name="${name}"][value="${one}"]`));
  }
}
