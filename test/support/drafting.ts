import { expect } from 'chai';
import { confirmWarnings, judgeHarmless, optionOf } from './house.ts';
import type { Person, PersonOptions } from './person.ts';
import { type Play, writtenOut } from './play.ts';
import { until } from './until.ts';

const NETWORKS = ['X', 'Mastodon', 'Bluesky'];

/** Writes a message in two languages for three networks, with a shared text, a field, a thread and an image. Returns its id. */
export async function writeMessage(
  drafter: Person,
  play: Play,
  { withoutScripts = false }: PersonOptions,
): Promise<string> {
  const account = (index: number) => optionOf(drafter, `variants[${index}].account`, `${NETWORKS[index]} @`);
  await drafter.follow('New message');
  await drafter.unfold('Write one text for several networks');
  await drafter.fill({
    title: play.message,
    'sharedTexts[0].text': play.shared,
    'variants[0].account': await account(0),
    segment: await optionOf(drafter, 'segment', `Parents, ${play.campaign}`),
    messenger: await optionOf(drafter, 'messenger', `Open Door, ${play.campaign}`),
    type: 'help-offer',
    tone: 'empathic',
    'callToAction.isStaffed': 'yes',
  });
  await drafter.press('Continue as a thread');
  await drafter.fill({ 'variants[0].parts[0].text': play.continuation });
  if (withoutScripts) await drafter.press('Refresh preview');
  await drafter.page.locator('#count-0-1', { hasText: `${play.continuation.length}/280` }).waitFor();
  await drafter.page.locator('#preview', { hasText: writtenOut(play.shared) }).waitFor();
  expect(await drafter.page.inputValue('[name=title]'), 'nothing typed is lost').to.equal(play.message);
  await chooseImage(drafter, play, 0);
  expect(await drafter.page.locator('#preview img').count()).to.equal(1);
  for (const [index, language] of [
    [1, 'en'],
    [2, 'fr'],
  ] as const) {
    await drafter.fill({ 'more.network': (NETWORKS[index] ?? '').toLowerCase(), 'more.language': language });
    await drafter.press('Add a text');
    if (language === 'fr') await drafter.fill({ [`variants[${index}].text`]: play.french });
    await drafter.fill({ [`variants[${index}].account`]: await account(index) });
    await chooseImage(drafter, play, index);
  }
  await drafter.fill({ 'variants[2].images[0].altText': play.frenchAltText });
  await drafter.press('Translation is up to date');
  expect(await languagesOf(drafter)).to.include('done');
  return new URL(drafter.page.url()).pathname.split('/')[2] ?? '';
}

const languagesOf = async ({ page }: Person) =>
  (await page.locator('main table', { hasText: 'French' }).first().textContent()) ?? '';

async function chooseImage(drafter: Person, play: Play, index: number): Promise<void> {
  await drafter.unfold('Add an image', index);
  const choices = drafter.page.locator(`main .form-check:has([name="variants[${index}].image"])`);
  const value = await choices.filter({ hasText: play.altText }).locator('input').getAttribute('value');
  await drafter.fill({ [`variants[${index}].image`]: value ?? '' });
  await drafter.press(`Add the chosen image and save Text ${index + 1}`);
  expect(await drafter.page.inputValue(`[name="variants[${index}].images[0].altText"]`)).to.equal(
    play.altText,
  );
}

/** The reviewer says what is wrong with a passage, and returns the message with a reason. */
export async function returnMessage(reviewer: Person, play: Play): Promise<void> {
  await reviewer.go('/');
  await reviewer.follow(/^Review/);
  await reviewer.follow(play.message);
  const page = await reviewer.read();
  for (const words of [writtenOut(play.shared), play.continuation, writtenOut(play.french)]) {
    expect(page).to.include(words);
  }
  for (const words of ['2/2', play.altText, play.frenchAltText]) expect(page).to.include(words);
  await reviewer.fill({ 'comment.quote': 'every evening', 'comment.text': 'Not on Sundays.' });
  await reviewer.press(/^Comment$/);
  await reviewer.page.locator('#comments mark', { hasText: 'every evening' }).waitFor();
  await reviewer.fill({ comment: 'Say the hours: nobody must call in vain.' });
  await reviewer.press('Return to authors');
  expect(await reviewer.read()).to.include('Returned to its authors');
}

/** The drafter finds the reason and the comment, corrects the original and its translation, and asks again. */
export async function correctMessage(drafter: Person, play: Play, message: string): Promise<void> {
  await drafter.go(`/messages/${message}`);
  await drafter.follow('Edit');
  expect(await drafter.read())
    .to.include('Say the hours: nobody must call in vain.')
    .and.to.include('Not on Sundays.');
  await drafter.fill({ 'sharedTexts[0].text': play.corrected });
  await drafter.press('Save');
  expect(await languagesOf(drafter)).to.include('outdated: the original changed');
  await drafter.fill({ 'variants[2].text': play.frenchCorrected });
  await drafter.press('Translation is up to date');
  expect(await languagesOf(drafter)).to.not.include('outdated');
  await drafter.press('Mark as resolved');
  await drafter.page.locator('#comments summary', { hasText: 'Resolved comments' }).waitFor();
  await askForReview(drafter);
}

/** Hands the message to the reviewers. */
export async function askForReview(drafter: Person): Promise<void> {
  await drafter.press('Ask for review');
  expect(await drafter.read()).to.include('The message is with the reviewers.');
}

/** Somebody else answers for it, word for word. */
export async function approveMessage(reviewer: Person, play: Play, message: string): Promise<void> {
  await reviewer.go(`/reviews/${message}`);
  const page = await reviewer.read();
  for (const text of [play.corrected, play.frenchCorrected]) expect(page).to.include(writtenOut(text));
  await judgeHarmless(reviewer);
  await reviewer.press('Approve');
  await reviewer.go(`/reviews/${message}`);
  expect(await reviewer.read()).to.include('approved');
}

/** Publishes each text now, and waits until it is out. */
export async function publishEverywhere(scheduler: Person, play: Play): Promise<void> {
  for (const [index, network] of NETWORKS.entries()) {
    await place(scheduler, play, { index, when: { when: 'now' } });
    const post = new URL(scheduler.page.url()).pathname;
    const isOut = async () => {
      await scheduler.go(post);
      return (await scheduler.read()).includes('It was published.');
    };
    await until(isOut, { timeoutMs: 30_000, what: `the post on ${network} is published` });
    const parts = (await scheduler.read()).match(/\d\/2 \d+\/280 +published/g) ?? [];
    expect(parts).to.have.length(network === 'X' ? 2 : 0);
  }
}

/** Places the first text for a day to come, and finds it there. */
export async function placeForLater(scheduler: Person, play: Play): Promise<void> {
  await place(scheduler, play, { index: 0, when: { when: 'at', wallTime: '2030-01-15T10:00' } });
  await scheduler.go('/calendar?view=list&date=2030-01-15');
  expect(await scheduler.read()).to.include(writtenOut(play.corrected).slice(0, 30));
}

async function place(
  scheduler: Person,
  play: Play,
  { index, when }: { index: number; when: Record<string, string> },
): Promise<void> {
  await scheduler.go('/posts/new');
  const texts = scheduler.page.locator('main section', { hasText: play.message }).locator('.text-choices a');
  await scheduler.follow(((await texts.nth(index).textContent()) ?? '').trim());
  const account = scheduler.page.locator('main [name=account]').first();
  await scheduler.fill({ account: (await account.getAttribute('value')) ?? '', ...when });
  await scheduler.press(when.when === 'now' ? 'Publish now' : 'Place on the calendar');
  await confirmWarnings(scheduler);
}
