import { expect } from 'chai';
import { optionOf } from './house.ts';
import type { Person } from './person.ts';
import { aPicture } from './pictures.ts';
import { type Play, SERVICE } from './play.ts';
import { until } from './until.ts';

/** Puts into the library what a brief and a message name, the image among it. */
export async function stockLibrary(drafter: Person, play: Play): Promise<void> {
  await drafter.go('/narratives/new');
  await drafter.fill({
    claim: `Nobody at home misses you, ${play.campaign}`,
    severity: '3',
    appeals: ['belonging'],
  });
  await drafter.press('Save');
  for (const [name, role] of [
    [`Parents, ${play.campaign}`, 'influencers'],
    [`Teachers, ${play.campaign}`, 'bystanders'],
  ] as const) {
    await drafter.go('/audiences/new');
    await drafter.fill({ name, role, tier: 'primary', 'targeting.ageFrom': '30' });
    await drafter.press('Save');
  }
  await drafter.go('/messengers/new');
  await drafter.fill({
    name: `Open Door, ${play.campaign}`,
    kind: 'organisation',
    'consent.networks': ['x', 'mastodon', 'bluesky'],
  });
  await drafter.press('Save');
  await drafter.go('/library/assets/new');
  const buffer = await aPicture({ width: 1200, height: 800, withNotes: true, shade: play.shade });
  await drafter.attach('image', { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer });
  await drafter.fill({ altText: play.altText, credit: 'Nadia, our own' });
  await drafter.press('Save');
  expect(await drafter.read())
    .to.include('The image is in the library.')
    .and.to.include('800 × 1,200 pixels');
  const shown = drafter.page.locator('main figure img');
  const width = () => shown.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
  await until(async () => (await width()) === 800, { what: 'the image is shown' });
}

/** Writes every part of the brief, until the meter misses nothing, and starts the campaign. Returns its id. */
export async function planCampaign(drafter: Person, play: Play): Promise<string> {
  const idOf = async (name: string) => {
    const label = drafter.page.locator('main label', { hasText: name }).first();
    const id = (await label.getAttribute('for')) ?? '';
    return (await drafter.page.locator(`[id="${id}"]`).getAttribute('value')) ?? '';
  };
  await drafter.go('/');
  await drafter.follow('Campaigns');
  await drafter.follow('New campaign');
  await drafter.fill({ title: play.campaign, startsOn: '2026-10-01', endsOn: '2030-03-31' });
  await drafter.press('Create campaign');
  const narrative = await idOf(`Nobody at home misses you, ${play.campaign}`);
  await drafter.fill({
    'brief.problem': 'Parents learn of a departure from a post.',
    'brief.intent': 'prevent-joining',
    'brief.proportionality': 'The claims circulate widely.',
    segment: await optionOf(drafter, 'segment', `Parents, ${play.campaign}`),
  });
  await drafter.unfold('Harmful narratives');
  await drafter.fill({
    narratives: [narrative],
    'brief.secondarySegments': [await idOf(`Teachers, ${play.campaign}`)],
    'brief.theoryOfChange[0].ifWe': 'we tell parents whom they can call',
    'brief.theoryOfChange[0].thenAudience': 'some of them call in time',
    'brief.theoryOfChange[0].because': 'they are the first to see that something changes',
    'brief.theoryOfChange[0].assumption': 'Parents read the same networks.',
    'brief.objectives[0].statement': '400 calls by parents',
    'brief.objectives[0].tier': 'engagement',
    'brief.objectives[0].indicator': 'Calls a month',
    'brief.objectives[0].baseline': '31',
    'brief.objectives[0].target': '400',
    'brief.objectives[0].dueOn': '2030-01-31',
    'brief.objectives[0].source': 'Statistics of the helpline',
    'brief.messageType': 'help-offer',
    'brief.tone': 'empathic',
    'brief.keyMessage': 'You can still call.',
    'brief.messengers': [await idOf(`Open Door, ${play.campaign}`)],
    'brief.media': 'A short text with a picture.',
    'brief.languages': 'en, fr',
    'brief.callToAction': 'Call the helpline',
    'brief.service': SERVICE,
    'brief.serviceIsStaffed': 'true',
    'brief.dialoguePlan': 'Two people answer from 9 to 21.',
    'brief.budget': '1,200 euros',
    'brief.funder': 'The city of Verviers',
    'brief.legalReview': 'Seen by our lawyer on 2 October',
    'brief.safeguarding': 'Seen by our safeguarding lead',
    'brief.risks': 'Stigma of a whole quarter.',
    'brief.dataProtection': 'Calls are not recorded.',
    'brief.approvals': 'One reviewer; two for what speaks to the young.',
    'brief.exitPlan': 'The line stays after the last post.',
  });
  await drafter.press('Save');
  const meter = drafter.page.locator('meter');
  expect(await meter.getAttribute('value')).to.equal(await meter.getAttribute('max'));
  expect(
    await drafter.page.locator('section[aria-labelledby=completeness-title] li:not(.is-done)').count(),
  ).to.equal(0);
  await drafter.press('Start the campaign');
  expect(await drafter.read()).to.include('The campaign has started.');
  return new URL(drafter.page.url()).pathname.split('/')[2] ?? '';
}
