import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { confirmWarnings, furnishHouse, type House, judgeHarmless, optionOf } from '../support/house.ts';
import { inSteps } from '../support/in-steps.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { until } from '../support/until.ts';

const TEXT =
  'Three mothers, one question: when did our children stop talking to us? You can still call. 24 hours.';
const FRENCH =
  'Trois mères, une question : quand nos enfants ont-ils cessé de nous parler ? Vous pouvez appeler.';

describe('From a brief to an evaluated post, in a real browser', function journey() {
  this.timeout(90_000);
  inSteps();
  let browser: Browser;
  let app: RunningApp;
  let people: House;
  let message = '';
  let post = '';

  before(async () => {
    [browser, app] = await Promise.all([openBrowser(), startApp()]);
  });
  after(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('begins with an administrator, an account on the rehearsal network, and one person per role', async () => {
    people = await furnishHouse(browser, app);
    for (const person of Object.values(people)) expect(await person.read()).to.match(/Today|@rehearsal_1/);
  });

  it('lets the drafter describe what is answered, for whom and by whom', async () => {
    const { drafter } = people;
    await drafter.go('/narratives/new');
    await drafter.fill({
      claim: 'Your family will be proud of you there.',
      severity: '3',
      appeals: ['belonging'],
    });
    await drafter.press('Save');
    await drafter.go('/audiences/new');
    await drafter.fill({
      name: 'Parents in Belgium',
      role: 'influencers',
      tier: 'primary',
      'targeting.ageFrom': '30',
      persona: 'Nadine, 47 (fictional)',
    });
    await drafter.press('Save');
    await drafter.go('/messengers/new');
    await drafter.fill({ name: 'Open Door', kind: 'organisation', 'consent.networks': ['x'] });
    await drafter.press('Save');
    await drafter.go('/campaigns/new');
    await drafter.fill({ title: 'Come home' });
    await drafter.press('Create campaign');
    await drafter.fill({
      'brief.problem': 'Parents learn of a departure from a post.',
      'brief.intent': 'prevent-joining',
      'brief.proportionality': 'The claims circulate widely.',
      segment: await optionOf(drafter, 'segment', 'Parents in Belgium'),
      'brief.objectives[0].statement': '400 visits to the helpline page',
      'brief.objectives[0].tier': 'engagement',
      'brief.objectives[0].indicator': 'Visits a month',
      'brief.objectives[0].baseline': '31',
      'brief.objectives[0].target': '400',
      'brief.objectives[0].dueOn': '2030-01-31',
      'brief.keyMessage': 'You can still call.',
      'brief.callToAction': 'Call the helpline',
      'brief.service': 'Family helpline',
      'brief.dialoguePlan': 'Two people answer from 9 to 21.',
      'brief.risks': 'Stigma of a whole quarter.',
    });
    await drafter.page.check('[name="brief.serviceIsStaffed"]');
    await drafter.press('Save');
    await drafter.press('Start the campaign');
    expect(await drafter.read()).to.match(/The campaign has started\..*Come home *running/);
  });

  it('lets the drafter write in two languages, counted and previewed while typing', async () => {
    const { drafter } = people;
    await drafter.go('/messages/new');
    await drafter.page.getByRole('link', { name: 'Come home' }).click();
    await drafter.fill({
      title: 'Three mothers',
      'variants[0].text': `${TEXT} https://example.org/a-long-address-that-counts-as-twenty-three`,
    });
    await drafter.page.locator('#count-0', { hasText: `${TEXT.length + 24}/280` }).waitFor();
    await drafter.page.locator('#preview', { hasText: 'Three mothers, one question' }).waitFor();
    await drafter.fill({
      'variants[0].account': await optionOf(drafter, 'variants[0].account', '@rehearsal_1'),
      segment: await optionOf(drafter, 'segment', 'Parents in Belgium'),
      messenger: await optionOf(drafter, 'messenger', 'Open Door'),
      type: 'alternative-narrative',
      tone: 'testimonial',
      'callToAction.text': 'Call the helpline',
      'callToAction.service': 'Family helpline',
      'callToAction.isStaffed': 'yes',
      'more.language': 'fr',
    });
    await drafter.press('Add a text');
    await drafter.fill({
      'variants[1].text': FRENCH,
      'variants[1].account': await optionOf(drafter, 'variants[1].account', '@rehearsal_1'),
    });
    await drafter.press('Save');
    message = new URL(drafter.page.url()).pathname.split('/')[2] ?? '';
    await drafter.press('Ask for review');
    expect(await drafter.read()).to.include('in review');
  });

  it('does not let the drafter judge the own work', async () => {
    const { drafter } = people;
    await drafter.go(`/reviews/${message}`);
    expect(await drafter.read()).to.include('You wrote');
    expect(await drafter.page.getByRole('button', { name: 'Approve' }).count()).to.equal(0);
  });

  it('lets the reviewer assess the harm and approve the exact text', async () => {
    const { reviewer } = people;
    await reviewer.go('/reviews');
    await reviewer.page.getByRole('link', { name: 'Three mothers' }).first().click();
    expect(await reviewer.read())
      .to.include(TEXT)
      .and.to.include(FRENCH);
    await judgeHarmless(reviewer);
    await reviewer.press('Approve');
    await reviewer.go(`/reviews/${message}`);
    expect(await reviewer.read()).to.include('approved');
  });

  it('lets the scheduler publish now, and place the other text for later', async () => {
    const { scheduler } = people;
    await scheduler.go('/posts/new');
    await scheduler.page.locator('.text-choices a').nth(1).click();
    await scheduler.fill({ when: 'at', wallTime: '2030-01-15T10:00' });
    await scheduler.page.locator('main [name=account]').first().check();
    await scheduler.press('Place on the calendar');
    await confirmWarnings(scheduler);
    expect(new URL(scheduler.page.url()).pathname).to.match(/^\/(posts|calendar)/);

    await scheduler.go('/posts/new');
    await scheduler.page.locator('.text-choices a').first().click();
    await scheduler.fill({ when: 'now' });
    await scheduler.page.locator('main [name=account]').first().check();
    await scheduler.press('Publish now');
    await confirmWarnings(scheduler);
    post = new URL(scheduler.page.url()).pathname;
    await until(
      async () => {
        await scheduler.go(post);
        return (await scheduler.read()).includes('published');
      },
      { timeoutMs: 20_000, what: 'the post is published' },
    );
  });

  it('stands on the network as people see it', async () => {
    const { scheduler } = people;
    await scheduler.go('/rehearsal');
    const [timeline] = await Promise.all([
      scheduler.page.context().waitForEvent('page'),
      scheduler.page.getByRole('link', { name: /Open the timeline.*X/ }).click(),
    ]);
    await timeline.getByText('Three mothers, one question').first().waitFor();
    expect(await timeline.getByText('Three mothers, one question').count()).to.equal(1);
    await timeline.goto(`${new URL(timeline.url()).origin}/rehearsal/x/settings`);
    await timeline
      .selectOption('[name=speed]', '3600')
      .catch(() => timeline.check('[name=speed][value="3600"]'));
    await timeline
      .locator('form', { has: timeline.locator('[name=speed]') })
      .getByRole('button')
      .first()
      .click();
  });

  it('lets the evaluator read figures with what they rest on, and what is not measured', async () => {
    const { evaluator } = people;
    await evaluator.go('/reports');
    await evaluator.page.getByRole('link', { name: 'Come home' }).first().click();
    await until(
      async () => {
        await evaluator.press('Read figures now');
        return /[1-9][\d,]* impressions?/.test(await evaluator.read());
      },
      { timeoutMs: 75_000, what: 'the audience has seen the post' },
    );
    const report = await evaluator.read();
    expect(report)
      .to.include('Three mothers')
      .and.to.match(/Numerator.*Denominator.*Period.*Source/);
    expect(report).to.match(/X: .*reach/);
    expect(await evaluator.page.locator('figure svg[role=img]').count()).to.be.greaterThan(0);
  });

  it('takes the approval away from an edited text, and holds what still waits', async () => {
    const { drafter, scheduler } = people;
    await drafter.go(`/messages/${message}/edit`);
    await drafter.fill({ 'variants[1].text': `${FRENCH} Jour et nuit.` });
    await drafter.press('Save');
    expect(await drafter.read()).to.include('draft');
    await scheduler.go('/calendar?view=list&from=2030-01-01');
    await scheduler.go('/deliveries');
    expect(await scheduler.read()).to.include('Three mothers');
  });

  it('left nothing on anybody’s console', () => {
    const complaints = Object.entries(people).flatMap(([role, person]) =>
      person.complaints.map((complaint) => `${role}: ${complaint}`),
    );
    expect(complaints).to.deep.equal([]);
  });
});
