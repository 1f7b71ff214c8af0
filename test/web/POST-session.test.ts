import { hash } from '@node-rs/argon2';
import { expect } from 'chai';
import { inviteMember } from '../../server/actions/invite-member.ts';
import { Members } from '../../server/models/member.ts';
import { aMember } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { guest, htmlProblems, openWeb, signedIn, type Web } from '../support/web.ts';

const password = 'heron lamp quiet river';

describe('Signing in', () => {
  useDatabase();
  let web: Web;
  let email: string;

  beforeEach(async () => {
    web = openWeb();
    const member = await aMember('drafter');
    email = member.email;
    await Members.updateOne({ _id: member._id }, { $set: { passwordHash: await hash(password) } });
  });

  it('leads to the page that was asked for, and nowhere else', async () => {
    const page = await guest(web).get('/session/new?next=%2Fcampaigns');
    expect(page.text).to.include('value="/campaigns"');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    for (const [next, goal] of [
      ['/campaigns?q=1', '/campaigns?q=1'],
      ['//evil.example/', '/'],
      ['/\\evil.example/', '/'],
      ['https://evil.example/', '/'],
      ['', '/'],
    ] as const) {
      const answer = await guest(web).post('/session', { email, password, next });
      expect(answer.status).to.equal(303);
      expect(answer.get('Location'), next).to.equal(goal);
    }
  });

  it('gives a new session id and a cookie that scripts and other sites cannot use', async () => {
    const [cookie] = (await guest(web).post('/session', { email, password })).get('Set-Cookie') ?? [];
    expect(cookie).to.match(/^rejoinder_session=/);
    expect(cookie).to.include('HttpOnly').and.include('SameSite=Lax').and.include('Path=/');
  });

  it('answers an unknown address, a wrong password and a disabled member alike and keeps the address', async () => {
    const wrong = await guest(web).post('/session', { email, password: 'not this one at all' });
    const unknown = await guest(web).post('/session', { email: 'nobody@example.org', password });
    await Members.updateOne({ email }, { $set: { disabledAt: new Date() } });
    const disabled = await guest(web).post('/session', { email, password });
    for (const answer of [wrong, unknown, disabled]) {
      expect(answer.status).to.equal(422);
      expect(answer.text).to.include('do not belong together').and.not.include(password);
    }
    expect(wrong.text).to.include(`value="${email}"`);
    expect(unknown.text.replace('nobody@example.org', email)).to.equal(wrong.text);
  });

  it('stops guessing at one account after ten wrong passwords', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await guest(web).post('/session', { email, password: `wrong password ${attempt}` });
    }
    const stopped = await guest(web).post('/session', { email, password });
    expect(stopped.status).to.equal(429);
    expect(stopped.text).to.include('Too many attempts');
  });

  it('ends with signing out', async () => {
    const browser = guest(web);
    await browser.post('/session', { email, password });
    expect((await browser.get('/')).status).to.equal(200);
    const left = await browser.submit('/', '/session/end', {});
    expect(left.get('Location')).to.equal('/session/new?left');
    expect((await browser.get('/')).status).to.equal(303);
  });

  it('ends by itself after seven days, however busy', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    web.context.clock.advance(7 * 24 * 60 - 1);
    expect((await browser.get('/')).status).to.equal(200);
    web.context.clock.advance(1);
    expect((await browser.get('/')).status).to.equal(303);
  });

  it('is possible for somebody invited once a password is chosen', async () => {
    const administrator = await aMember('administrator');
    const invited = { name: 'Noor', email: 'noor@example.org', roles: ['reviewer' as const] };
    const { token } = await inviteMember(web.context, administrator, invited);
    const answers = { password, language: 'ar', timeZone: 'Europe/Paris' };
    const browser = guest(web);
    const page = await browser.get(`/invitations/${token}`);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect((await browser.post(`/invitations/${token}`, answers)).status).to.equal(303);
    const today = await browser.get('/');
    expect(today.text).to.include('dir="rtl"').and.include('Noor');
    expect(await htmlProblems(today.text)).to.deep.equal([]);
    expect((await guest(web).post(`/invitations/${token}`, answers)).status).to.equal(410);
  });
});
