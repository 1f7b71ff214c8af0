import { hash } from '@node-rs/argon2';
import { expect } from 'chai';
import type { Member } from '../../server/domain/member.ts';
import { newId } from '../../server/models/document.ts';
import { Invitations } from '../../server/models/invitation.ts';
import { Members } from '../../server/models/member.ts';
import { Sessions } from '../../server/models/session.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { aMember } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { type Browser, guest, htmlProblems, openWeb, signedIn, type Web } from '../support/web.ts';

const forgotten = 'heron lamp quiet river';
const password = 'seven copper walnuts';

describe('A forgotten password', () => {
  useDatabase();
  let web: Web;
  let administrator: Browser;
  let member: Member;

  beforeEach(async () => {
    web = openWeb();
    administrator = await signedIn(web, await aMember('administrator'));
    member = await aMember('drafter');
    await Members.updateOne({ _id: member._id }, { $set: { passwordHash: await hash(forgotten) } });
  });

  const makeLink = async () => {
    const page = `/settings/members/${member._id}`;
    const made = await administrator.submit(page, `${page}/password-link`, {});
    expect(made.status).to.equal(201);
    expect(await htmlProblems(made.text)).to.deep.equal([]);
    const link = /\/password\/[\w-]{43}/.exec(made.text)?.[0];
    if (!link) throw new Error('the page shows no link');
    return link;
  };
  const signIn = async (typed: string) =>
    guest(web).post('/session', { email: member.email, password: typed });

  it('is renewed through a link that an administrator hands over', async () => {
    const link = await makeLink();
    const page = await guest(web).get(link);
    expect(page.text).to.include(member.name);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const renewed = await guest(web).post(link, { password });
    expect(renewed.get('Location')).to.equal('/session/new?renewed');
    expect((await guest(web).get('/session/new?renewed')).text).to.include('Your new password is set');
    expect((await signIn(forgotten)).status).to.equal(422);
    expect((await signIn(password)).status).to.equal(303);
    const verbs = (await TrailEvents.find({ subjectId: member._id }).sort({ sequence: 1 })).map(
      (e) => e.verb,
    );
    expect(verbs.slice(0, 2)).to.deep.equal(['password link made', 'password renewed']);
  });

  it('is renewed once by a link, of which only the hash is kept', async () => {
    const link = await makeLink();
    expect(JSON.stringify(await Invitations.find().lean())).not.to.include(link.split('/').at(-1));
    expect((await guest(web).post(link, { password })).status).to.equal(303);
    expect((await guest(web).get(link)).status).to.equal(410);
    expect((await guest(web).post(link, { password: 'another copper walnut' })).status).to.equal(410);
    expect((await signIn(password)).status).to.equal(303);
  });

  it('ends every session of the member and of nobody else', async () => {
    const row = (memberId: string) => ({ _id: newId(), expires: new Date(2030, 1), session: { memberId } });
    await Sessions.create([row(member._id), row(member._id), row('somebody-else')]);
    await guest(web).post(await makeLink(), { password });
    const left = await Sessions.find().lean();
    expect(left.map(({ session }) => session.memberId)).to.deep.equal(['somebody-else']);
  });

  it('refuses a weak password without using the link up', async () => {
    const link = await makeLink();
    const refused = await guest(web).post(link, { password: 'password1234' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('href="#field-password"').and.not.include('password1234');
    expect((await guest(web).post(link, { password })).status).to.equal(303);
  });

  it('is not renewed by a link that a newer one replaced, that is a day old, or after an own change', async () => {
    const replaced = await makeLink();
    const link = await makeLink();
    expect((await guest(web).post(replaced, { password })).status).to.equal(410);
    web.context.clock.advance(24 * 60 - 1);
    expect((await guest(web).get(link)).status).to.equal(200);
    web.context.clock.advance(1);
    expect((await guest(web).post(link, { password })).status).to.equal(410);
    const unused = await makeLink();
    const own = await signedIn(web, member);
    const change = { current: forgotten, password };
    expect((await own.submit('/settings/me', '/settings/me/password', change)).status).to.equal(303);
    expect((await guest(web).get(unused)).status).to.equal(410);
  });

  it('cannot be renewed by a disabled member', async () => {
    const link = await makeLink();
    await Members.updateOne({ _id: member._id }, { $set: { disabledAt: new Date() } });
    expect((await guest(web).post(link, { password })).status).to.equal(410);
    const page = await administrator.get(`/settings/members/${member._id}`);
    expect(page.text).not.to.include('password-link');
    const refused = await administrator.post(`/settings/members/${member._id}/password-link`);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('disabled member cannot sign in');
  });

  it('has its way back named on the sign-in page', async () => {
    const page = await guest(web).get('/session/new');
    expect(page.text).to.include('An administrator can make a link').and.include('npm run password');
  });
});
