import type { ElementHandle, Locator, Page } from 'playwright-core';
import type { Hands } from './person.ts';

/** More stops than any page has: who needs more goes round in circles. */
const MOST_STOPS = 600;
/** A date has a stop for each of its parts. */
const STOPS_IN_ONE_FIELD = 7;

/** Where the focus is after a key, as the page itself knows it. */
interface Stop {
  isThere: boolean;
  /** Which way the wanted element lies: true when it comes later in the document. */
  isAhead: boolean;
  /** The focus has left the page, as it does behind its last element. */
  isOutside: boolean;
  /** Same element as at the stop before. */
  hasStayed: boolean;
  /** The focus went the way that the key leads. */
  isInOrder: boolean;
  /** Why somebody who looks does not see where it is; empty when it is marked, on the screen and not covered. */
  flaw: string;
  words: string;
}

/**
 * Tab, Shift+Tab, arrows, Space, Enter and letters; no mouse. Every stop on the way is examined: throws when the focus
 * cannot be seen, jumps against the order of the page, or cannot leave an element.
 */
export function keyboardHands(page: Page): Hands {
  const key = (name: string) => page.keyboard.press(name);
  // From the start: asked for beside the key, the browser may be told too late to hand its dialog over.
  page.on('filechooser', () => undefined);
  return {
    async write(field, text) {
      await reach(page, field);
      const type = await field.getAttribute('type');
      if (type === 'date' || type === 'datetime-local') return typeDate(page, text);
      await key('ControlOrMeta+a');
      if (text === '') return void (await key('Delete'));
      await page.keyboard.type(text);
    },
    async choose(select, value) {
      await reach(page, select);
      const steps = await select.evaluate((element, wanted) => {
        const { options, selectedIndex } = element as unknown as SelectLike;
        return [...options].findIndex((option) => option.value === wanted) - selectedIndex;
      }, value);
      for (let left = Math.abs(steps); left > 0; left--) await key(steps > 0 ? 'ArrowDown' : 'ArrowUp');
      if ((await select.inputValue()) !== value) throw new Error(`The arrows do not choose “${value}”.`);
    },
    async tick(box) {
      await reach(page, box);
      if (await box.isChecked()) return;
      const isOneOfMany = (await box.getAttribute('type')) === 'radio';
      await key('Space');
      // The first stop of a group is any of its buttons: the arrows go on to the wanted one.
      for (let left = MOST_STOPS; isOneOfMany && left > 0 && !(await box.isChecked()); left--) {
        await key('ArrowDown');
      }
      if (!(await box.isChecked())) throw new Error('The keys do not tick it.');
    },
    async activate(target) {
      await reach(page, target);
      const goneOn = Promise.race([page.waitForEvent('load'), page.waitForResponse(isAnsweredInPlace)]);
      await Promise.all([goneOn, key('Enter')]);
    },
    async unfold(summary) {
      await reach(page, summary);
      await key('Enter');
    },
    async attach(field, file) {
      await reach(page, field);
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), key('Space')]);
      await chooser.setFiles(file);
    },
  };
}

interface SelectLike {
  options: Iterable<{ value: string }>;
  selectedIndex: number;
}

/** A form that htmx sends; the preview is asked for by itself, whatever is pressed. */
function isAnsweredInPlace(response: {
  url(): string;
  request(): { headers(): Record<string, string> };
}): boolean {
  return response.request().headers()['hx-request'] === 'true' && !response.url().endsWith('/preview');
}

/** A date field reads month, day and year one after the other; a year may be long, so that the time is a key further. */
async function typeDate(page: Page, value: string): Promise<void> {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/.exec(value) ?? [];
  if (!year) throw new Error(`“${value}” is no date.`);
  await page.keyboard.type(`${month}${day}${year}`);
  if (hour === undefined) return;
  await page.keyboard.press('ArrowRight');
  const half = Number(hour) < 12 ? 'AM' : 'PM';
  await page.keyboard.type(`${String(Number(hour) % 12 || 12).padStart(2, '0')}${minute}${half}`);
}

/** Tabs to the element, the nearer way first. A radio button is reached when any button of its group is. */
async function reach(page: Page, wanted: Locator): Promise<void> {
  const element = await wanted.first().elementHandle();
  if (!element) throw new Error('It is not on the page.');
  let { isThere, isAhead } = await look(page, element, null);
  let stayed = 0;
  for (let left = MOST_STOPS; !isThere; left--) {
    if (left === 0) throw new Error('The Tab key does not lead there.');
    const direction = isAhead ? 'forward' : 'back';
    await page.keyboard.press(isAhead ? 'Tab' : 'Shift+Tab');
    const stop = await look(page, element, direction);
    stayed = stop.hasStayed ? stayed + 1 : 0;
    if (stayed > STOPS_IN_ONE_FIELD) throw new Error(`The focus cannot leave ${stop.words}.`);
    if (!stop.isOutside && !stop.isInOrder) throw new Error(`The focus jumps to ${stop.words}.`);
    if (stop.flaw) throw new Error(`What has the focus ${stop.flaw}: ${stop.words}.`);
    // Behind the last element the browser's own bars follow, and then the page again.
    isThere = stop.isThere;
    if (!stop.isOutside) isAhead = stop.isAhead;
  }
}

/** Runs in the page, so that it is one question a stop. */
async function look(page: Page, element: ElementHandle, direction: 'forward' | 'back' | null): Promise<Stop> {
  return page.evaluate<Stop, [ElementHandle, string | null]>(LOOK as never, [element, direction]);
}

/** Written for the page, whose types this program does not know. */
const LOOK = new Function(
  'asked',
  `
  const [wanted, direction] = asked;
  const active = document.activeElement;
  const isOutside = !active || active === document.body;
  const before = window.focusedBefore;
  window.focusedBefore = isOutside ? null : active;
  const follows = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const isSameGroup = !isOutside && active.type === 'radio' && wanted.type === 'radio' && active.name === wanted.name && active.form === wanted.form;
  const hasStayed = !isOutside && before === active;
  const isInOrder = direction === null || !before || hasStayed || follows(before, active) === (direction === 'forward');
  const flaw = () => {
    const box = active.getBoundingClientRect();
    const style = getComputedStyle(active);
    const isMarked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none';
    const isOnScreen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const x = Math.min(Math.max(box.left + Math.min(box.width, 40) / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const isCovered = Boolean(top) && !active.contains(top) && !top.contains(active);
    return isMarked ? (isOnScreen ? (isCovered ? 'is covered' : '') : 'is off the screen') : 'has no mark';
  };
  return {
    isThere: active === wanted || isSameGroup,
    isAhead: isOutside || follows(active, wanted),
    isOutside,
    hasStayed,
    isInOrder,
    flaw: isOutside ? '' : flaw(),
    words: isOutside ? 'nothing' : active.outerHTML.slice(0, 160),
  };
`,
);
