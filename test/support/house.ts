import type { Browser, Page } from 'playwright-core';
import { aPerson, type Person, type PersonOptions } from './person.ts';
import type { RunningApp } from './running-app.ts';

const INVITED = ['drafter', 'reviewer', 'scheduler', 'evaluator'] as const;
export type House = Record<'administrator' | (typeof INVITED)[number], Person>;
const PASSWORD = 'four quiet lanterns';

/** Sets the house up as a newcomer would: an administrator, a disclosed account on X, one invited person per role. */
export async function furnishHouse(
  browser: Browser,
  app: RunningApp,
  options: PersonOptions = {},
): Promise<House> {
  const administrator = await aPerson(browser, app, options);
  await administrator.go(app.setupLink);
  await administrator.fill({
    organisation: 'Open Door',
    name: 'Nadia',
    email: 'nadia@opendoor.example',
    password: PASSWORD,
  });
  await administrator.page.uncheck('[name=loadsDemo]');
  await administrator.press('Begin');
  const house: Partial<House> = { administrator };
  for (const role of INVITED) {
    await administrator.go('/settings/members/new');
    await administrator.fill({ name: `The ${role}`, email: `${role}@opendoor.example`, roles: [role] });
    await administrator.press('Create the link');
    const link = await administrator.page.locator('.secret-link').textContent();
    const person = await aPerson(browser, app, options);
    await person.go(link ?? '');
    await person.fill({ password: PASSWORD });
    await person.page.locator('main button[type=submit]').click();
    await person.page.waitForURL((url) => url.pathname === '/');
    house[role] = person;
  }
  await makeAccount(administrator, 'X');
  return house as House;
}

/** Opens a window and signs in there as the person of this role. */
export async function signIn(
  browser: Browser,
  app: Pick<RunningApp, 'origin'>,
  { role, ...options }: PersonOptions & { role: (typeof INVITED)[number] },
): Promise<Person> {
  const person = await aPerson(browser, app, options);
  await person.go('/session/new');
  await person.fill({ email: `${role}@opendoor.example`, password: PASSWORD });
  await person.press('Sign in');
  return person;
}

/** Makes, discloses and enables an account on the rehearsal of this network. */
export async function makeAccount(administrator: Person, network: string): Promise<void> {
  await administrator.go('/accounts/new');
  await administrator.press(`Make a rehearsal account on ${network}`);
  for (const box of await administrator.page.locator('#disclosure [type=checkbox]').all()) await box.check();
  await administrator.press('Save what I saw');
  await administrator.press('Enable');
}

/** The value of the option that says this. */
export async function optionOf({ page }: Person, name: string, label: string): Promise<string> {
  const option = page.locator(`main [name="${name}"] option`, { hasText: label }).first();
  return (await option.getAttribute('value')) ?? '';
}

/** Answers every question of the do-no-harm assessment with a small risk, and confirms the whole checklist. */
export async function judgeHarmless(reviewer: Person): Promise<void> {
  const answers = Object.entries({ likelihood: '1', severity: '2', affected: 'audience' });
  for (const question of await reviewer.page.locator('main fieldset.question').all()) {
    for (const [part, value] of answers) {
      const name = await question.locator(`select[name$=".${part}"]`).getAttribute('name');
      await reviewer.fill({ [name ?? '']: value });
    }
  }
  await reviewer.press('Save assessment');
  const boxes = reviewer.page.locator('main [name=checked]');
  const points = await boxes.evaluateAll((all) =>
    all.map((box) => (box as unknown as { value: string }).value),
  );
  await reviewer.fill({ checked: points });
}

/** What speaks against a time is shown first, as an unfinished form (422), and confirmed by a second press. */
export async function confirmWarnings(scheduler: Person): Promise<void> {
  const { page, complaints } = scheduler;
  const box = page.locator('main [type=checkbox][name=seenWarnings]').first();
  if ((await box.count()) === 0) return;
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !/\b422\b/.test(one)));
  await scheduler.fill({ seenWarnings: (await box.getAttribute('value')) ?? '' });
  await scheduler.press('Place on the calendar');
}

const LOADS_WITHIN_MS = 90_000;

/** Makes the first member through the setup page, loads the demo world and opens Today. */
export async function setUpDemo(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.fill('[name=organisation]', 'Open Door');
  await page.fill('[name=name]', 'Nadia');
  await page.fill('[name=email]', 'nadia@opendoor.example');
  await page.fill('[name=password]', 'four quiet lanterns');
  await page.check('[name=loadsDemo]');
  const loaded = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url() === link,
    { timeout: LOADS_WITHIN_MS },
  );
  await page.click('main button[type=submit]', { noWaitAfter: true });
  const response = await loaded;
  if (response.status() !== 201) throw new Error(`The setup answered ${response.status()}.`);
  await response.finished();
  await page.goto(new URL('/', link).href);
}
