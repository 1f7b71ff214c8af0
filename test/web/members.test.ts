import { expect } from 'chai';
import { readConfig } from '../../server/config.ts';
import { Invitations } from '../../server/models/invitation.ts';
import { Members } from '../../server/models/member.ts';
import { aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('The members pages', () => {
  useDatabase();
  const web = openWeb();

  it('list every member with roles in words', async () => {
    const administrator = await aMember('administrator');
    await aMember('drafter', 'scheduler');
    const browser = await signedIn(web, administrator);
    const page = await browser.get('/settings/members');
    expect(page.status).to.equal(200);
    expect(page.text).to.include('drafter and scheduler');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('show the link of an invitation once and keep only its hash', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    const page = await browser.submit('/settings/members/new', '/settings/members', {
      name: 'Amina',
      email: 'Amina@example.org',
      roles: ['drafter', 'scheduler'],
    });
    expect(page.status).to.equal(201);
    const token = /\/invitations\/([\w-]+)/.exec(page.text)?.[1];
    expect(token).to.have.length(43);
    const [stored] = await Invitations.find().lean();
    expect(stored).to.include({ email: 'amina@example.org', invitedBy: stored?.invitedBy });
    expect(stored?.roles).to.deep.equal(['drafter', 'scheduler']);
    expect(JSON.stringify(stored)).not.to.include(token);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('say of a link whether it opens on this computer alone, and offer to copy it', async () => {
    const config = readConfig({ LOG_LEVEL: 'silent', PUBLIC_URL: 'http://campaigns.example.org' });
    const reachable = openWeb(testContext({ config }));
    const administrator = await aMember('administrator');
    for (const { house, isLocal } of [
      { house: web, isLocal: true },
      { house: reachable, isLocal: false },
    ]) {
      const browser = await signedIn(house, administrator);
      const path = `/settings/members/${administrator._id}`;
      const page = await browser.submit(path, `${path}/password-link`, {});
      expect(page.status).to.equal(201);
      expect(page.text.includes('This link opens only on this computer'), `local: ${isLocal}`).to.equal(
        isLocal,
      );
      expect(page.text).to.include('data-copy="one-time-link"');
      expect(await htmlProblems(page.text)).to.deep.equal([]);
    }
  });

  it('show a refused invitation again with everything that was typed', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    const page = await browser.submit('/settings/members/new', '/settings/members', {
      name: 'Amina',
      email: 'not an address',
    });
    expect(page.status).to.equal(422);
    expect(page.text).to.include('value="Amina"').and.include('value="not an address"');
    expect(page.text).to.include('href="#field-email"').and.include('href="#field-roles"');
    expect(page.text).to.include('aria-describedby="field-email-error" aria-invalid="true"');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('show a rule of the domain beside the field it speaks of', async () => {
    const administrator = await aMember('administrator');
    const browser = await signedIn(web, administrator);
    const page = await browser.submit('/settings/members/new', '/settings/members', {
      name: 'Twice',
      email: administrator.email,
      roles: 'drafter',
    });
    expect(page.status).to.equal(422);
    expect(page.text).to.include('already a member').and.include('value="Twice"');
  });

  it('let new roles count from the next request on', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    const other = await aMember('drafter');
    const othersBrowser = await signedIn(web, other);
    expect((await othersBrowser.get('/settings/members')).status).to.equal(403);
    const changed = await browser.submit(
      `/settings/members/${other._id}`,
      `/settings/members/${other._id}/roles`,
      { roles: ['administrator', 'drafter'] },
    );
    expect(changed.status).to.equal(303);
    expect((await othersBrowser.get('/settings/members')).status).to.equal(200);
    expect((await browser.get('/settings/members')).text).to.include('now has these roles');
    expect((await browser.get('/settings/members')).text).not.to.include('now has these roles');
  });

  it('never take away the last administrator', async () => {
    const administrator = await aMember('administrator');
    const browser = await signedIn(web, administrator);
    const refused = await browser.post(`/settings/members/${administrator._id}/roles`, { roles: 'drafter' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('last administrator');
    const disabled = await browser.post(`/settings/members/${administrator._id}/absence`);
    expect(disabled.status).to.equal(422);
    expect(await Members.countDocuments({ disabledAt: null, roles: 'administrator' })).to.equal(1);
  });

  it('sign a disabled member out at once', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    const other = await aMember('administrator');
    const othersBrowser = await signedIn(web, other);
    expect((await browser.post(`/settings/members/${other._id}/absence`)).status).to.equal(303);
    const turnedAway = await othersBrowser.get('/settings/members');
    expect(turnedAway.status).to.equal(303);
    expect(turnedAway.get('Location')).to.equal('/session/new?next=%2Fsettings%2Fmembers');
  });
});
