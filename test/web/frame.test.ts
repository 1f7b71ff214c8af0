import { expect } from 'chai';
import request from 'supertest';
import { CrisisPauses } from '../../server/models/crisis-pause.ts';
import { aMember } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { guest, htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('Every answer', () => {
  useDatabase();
  const web = openWeb();

  it('forbids everything that does not come from here', async () => {
    const { headers } = await guest(web).get('/session/new');
    const policy = String(headers['content-security-policy']);
    expect(policy).to.include("default-src 'self'").and.include("frame-ancestors 'none'");
    expect(policy).not.to.include('unsafe');
    expect(headers).to.include({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(headers).not.to.have.property('x-powered-by');
  });

  it('refuses a change that another site caused', async () => {
    const fromElsewhere = request(web.app).post('/session').set('Sec-Fetch-Site', 'cross-site');
    expect((await fromElsewhere).status).to.equal(403);
    expect((await request(web.app).post('/session').set('Origin', 'https://evil.example')).status).to.equal(
      403,
    );
    expect((await request(web.app).post('/session')).status).to.equal(403);
  });

  it('refuses a change without the token of its session', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    const refused = await browser.post('/settings/me/sessions', { _token: 'made up' });
    expect(refused.status).to.equal(403);
    expect(refused.text).to.include('earlier sign-in');
  });

  it('is a problem document for those who want data', async () => {
    const answer = await request(web.app).get('/nowhere').set('Accept', 'application/json');
    expect(answer.status).to.equal(404);
    expect(answer.type).to.equal('application/problem+json');
    expect(JSON.parse(answer.text)).to.include({ status: 404, title: 'Not found' });
  });

  it('is a page in the reader’s language for everybody else', async () => {
    const answer = await request(web.app)
      .get('/nowhere')
      .set('Accept', 'text/html')
      .set('Accept-Language', 'fr');
    expect(answer.text).to.include('lang="fr"').and.include('Introuvable');
    expect(await htmlProblems(answer.text)).to.deep.equal([]);
  });

  it('says which roles may do what somebody may not', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const refused = await browser.get('/settings/members');
    expect(refused.status).to.equal(403);
    expect(refused.text).to.include('This needs one of these roles: administrator');
  });

  it('tells what was done on the page that follows, and in no other tab', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const preferences = { name: 'Amina', language: 'en', timeZone: 'UTC' };
    const saved = await browser.submit('/settings/me', '/settings/me', preferences);
    expect(saved.status).to.equal(303);
    expect((await browser.get('/')).text, 'another tab').not.to.include('role="status"');
    expect((await browser.get('/settings/me')).text).to.include('role="status"');
    expect((await browser.get('/settings/me')).text, 'once').not.to.include('role="status"');
  });

  it('remembers language and appearance', async () => {
    const browser = await signedIn(web, await aMember('drafter'));
    const chosen = await browser.post('/language', { language: 'ar', next: '/settings/me' });
    expect(chosen.get('Location')).to.equal('/settings/me');
    await browser.post('/appearance', { appearance: 'dark' });
    const page = await browser.get('/settings/me');
    expect(page.text).to.include('lang="ar" dir="rtl"').and.include('css/rtl.css');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('shows a crisis pause on every page', async () => {
    const reader = await aMember('drafter');
    await CrisisPauses.create({ reason: 'Attack in the city', startedBy: reader._id, startedAt: new Date() });
    const page = await (await signedIn(web, reader)).get('/');
    expect(page.text).to.include('Everything is paused.').and.include('Attack in the city');
  });

  it('lets browsers keep the files of this version for ever, and no others', async () => {
    const page = await guest(web).get('/session/new');
    const current = /href="(\/assets\/[0-9a-f]+\/css\/ltr\.css)"/.exec(page.text)?.[1] ?? '';
    expect((await request(web.app).get(current)).get('Cache-Control')).to.include('immutable');
    expect((await request(web.app).get('/assets/old/css/ltr.css')).get('Cache-Control')).to.equal('no-cache');
    expect((await request(web.app).get('/assets/old/../../package.json')).status).to.equal(404);
  });

  it('tells machines whether it is alive and ready', async () => {
    expect((await request(web.app).get('/healthz')).body).to.deep.equal({ status: 'alive' });
    const broken = openWeb(web.context, { readiness: async () => ({ database: true, jobs: false }) });
    const answer = await request(broken.app).get('/readyz');
    expect(answer.status).to.equal(503);
    expect(answer.body).to.deep.equal({ status: 'not ready', database: true, jobs: false });
  });
});
