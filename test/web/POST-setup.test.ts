import { expect } from 'chai';
import { beginSetup } from '../../server/actions/begin-setup.ts';
import { Invitations } from '../../server/models/invitation.ts';
import { Members } from '../../server/models/member.ts';
import { Organisations } from '../../server/models/organisation.ts';
import { useDatabase } from '../support/database.ts';
import { guest, htmlProblems, openWeb } from '../support/web.ts';

const answers = {
  organisation: 'Open Door',
  funderLine: 'Funded by its members',
  name: 'Amina Keller',
  email: 'amina@example.org',
  password: 'heron lamp quiet river',
  language: 'en',
  timeZone: 'Europe/Brussels',
};

describe('Setting up', () => {
  useDatabase();
  const web = openWeb(undefined, { loadDemoWorld: async () => ({ password: 'demo-password-1' }) });

  it('makes the first member, signed in and with every role', async () => {
    const token = await beginSetup(web.context);
    const browser = guest(web);
    const page = await browser.get(`/setup/${token}`);
    expect(page.status).to.equal(200);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const done = await browser.post(`/setup/${token}`, answers);
    expect(done.status).to.equal(303);
    expect(done.get('Location')).to.equal('/');
    const today = await browser.get('/');
    expect(today.status).to.equal(200);
    expect(today.text).to.include('Amina Keller').and.include('First steps');
    expect(await htmlProblems(today.text)).to.deep.equal([]);
    const [member] = await Members.find().lean();
    expect(member?.roles).to.have.length(5);
    expect(member?.passwordHash).to.match(/^\$argon2id\$/);
    expect((await Organisations.findById('organisation').lean())?.name).to.equal('Open Door');
  });

  it('keeps only a hash of the link, and a new start replaces it', async () => {
    const first = await beginSetup(web.context);
    const second = await beginSetup(web.context);
    expect(JSON.stringify(await Invitations.find().lean())).not.to.include(String(second));
    expect((await guest(web).get(`/setup/${first}`)).status).to.equal(410);
    expect((await guest(web).get(`/setup/${second}`)).status).to.equal(200);
  });

  it('makes one member of a link that is sent twice at once', async () => {
    const token = await beginSetup(web.context);
    const both = await Promise.all([1, 2].map(() => guest(web).post(`/setup/${token}`, answers)));
    expect(await Members.countDocuments({})).to.equal(1);
    const statuses = both.map(({ status }) => status).sort();
    expect(statuses[0]).to.equal(303);
    expect([410, 422]).to.include(statuses[1]);
    const late = await guest(web).post(`/setup/${token}`, answers);
    expect(late.status).to.equal(410);
    expect(late.text).to.include('no longer works');
    expect(await beginSetup(web.context)).to.equal(null);
  });

  it('keeps what was typed, but never the password, when something is wrong', async () => {
    const token = await beginSetup(web.context);
    const page = await guest(web).post(`/setup/${token}`, {
      ...answers,
      email: 'nobody',
      timeZone: 'Mars/Base',
    });
    expect(page.status).to.equal(422);
    expect(page.text).to.include('value="Open Door"').and.include('value="nobody"');
    expect(page.text).not.to.include(answers.password);
    expect(page.text).to.include('Passwords are not kept').and.not.include('Everything you typed');
    expect(page.text, 'the choice is one’s own by now').not.to.include('data-browser-zone');
    expect(await Members.countDocuments({})).to.equal(0);
  });

  it('offers zones by the names of today, and takes an old one for what it is', async () => {
    const token = await beginSetup(web.context);
    const browser = guest(web);
    const page = await browser.get(`/setup/${token}`);
    for (const zone of ['Asia/Kolkata', 'Europe/Kyiv', 'Asia/Kathmandu'])
      expect(page.text).to.include(`<option value="${zone}"`);
    expect(page.text).not.to.include('Calcutta').and.not.include('Europe/Kiev');
    await browser.post(`/setup/${token}`, { ...answers, timeZone: 'Asia/Calcutta' });
    expect((await Members.findOne().lean())?.timeZone).to.equal('Asia/Kolkata');
    await Members.updateOne({}, { timeZone: 'Europe/Kiev' });
    expect((await browser.get('/settings/me')).text).to.include('<option value="Europe/Kyiv" selected>');
  });

  it('refuses passwords that others would guess', async () => {
    const token = await beginSetup(web.context);
    for (const password of [
      'short',
      'Password123456',
      'aminakeller2014',
      'opendooropendoor',
      '123456789012',
    ]) {
      const page = await guest(web).post(`/setup/${token}`, { ...answers, password });
      expect(page.status, password).to.equal(422);
      expect(page.text, password).to.include('href="#field-password"');
    }
    expect(await Members.countDocuments({})).to.equal(0);
  });

  it('shows how the staff of the demo world signs in, once', async () => {
    const token = await beginSetup(web.context);
    const page = await guest(web).post(`/setup/${token}`, { ...answers, loadsDemo: 'true' });
    expect(page.status).to.equal(201);
    expect(page.text).to.include('demo-password-1').and.include('private window').and.include('Lost it?');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });
});
