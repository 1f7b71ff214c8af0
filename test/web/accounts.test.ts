import { expect } from 'chai';
import { connectAccount } from '../../server/actions/connect-account.ts';
import type { RegisteredApplication } from '../../server/domain/credential.ts';
import { Accounts } from '../../server/models/account.ts';
import { Credentials } from '../../server/models/credential.ts';
import { Members } from '../../server/models/member.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { aMember, anAccount } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

const keys = { appKey: 'k1', appSecret: 'k2', accessToken: 'k3', accessSecret: 'k4' };

describe('The accounts pages', () => {
  useDatabase();
  const connectFlow = {
    begin: async (application: RegisteredApplication) => ({
      kind: 'begun' as const,
      address: 'https://x.com/i/oauth2/authorize?state=s',
      state: 's',
      verifier: 'v',
      application,
    }),
    finish: async () => ({ kind: 'connected' as const, credential: keys }),
  };
  const context = testContext({ platforms: { x: acceptingPlatform({ connectFlow }) } });
  const web = openWeb(context);

  it('say what belongs there when there is none, and offer the next step to whoever may take it', async () => {
    const administrator = await signedIn(web, await aMember('administrator'));
    const page = await administrator.get('/accounts');
    expect(page.text).to.include('No account yet').and.include('href="/accounts/new"');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const drafter = await signedIn(web, await aMember('drafter'));
    expect((await drafter.get('/accounts')).text).not.to.include('/accounts/new');
  });

  it('list accounts with health, disclosure and next step', async () => {
    await anAccount({ handle: 'comehome_eu' });
    await anAccount({ handle: 'comehome_nl', state: 'auth-needed' });
    const browser = await signedIn(web, await aMember('scheduler'));
    const page = await browser.get('/accounts');
    expect(page.text)
      .to.include('@comehome_eu')
      .and.include('needs reconnecting')
      .and.include('Connect it again');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('connect an account with typed-in keys and never show them again', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    const ways = await browser.get('/accounts/new');
    expect(await htmlProblems(ways.text)).to.deep.equal([]);
    const form = await browser.get('/accounts/keys/x/new');
    expect(await htmlProblems(form.text)).to.deep.equal([]);
    const sent = { ...keys, timeZone: 'Europe/Paris' };
    const done = await browser.submit('/accounts/keys/x/new', '/accounts/keys/x', sent);
    expect(done.status).to.equal(303);
    const page = await browser.get(done.get('Location') ?? '');
    expect(page.text).to.include('@comehome is connected').and.include('not disclosed');
    for (const secret of Object.values(keys)) expect(page.text).not.to.include(`"${secret}"`);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('show a refused form again, with the zone and without the secrets', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    const fields = { ...keys, appKey: 'secret-canary', accessSecret: '', timeZone: 'Asia/Amman' };
    const page = await browser.submit('/accounts/keys/x/new', '/accounts/keys/x', fields);
    expect(page.status).to.equal(422);
    expect(page.text).to.include('value="Asia/Amman" selected').and.not.to.include('secret-canary');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('show what the network said when it refuses the keys', async () => {
    const refusing = acceptingPlatform({
      whoAmI: async () => ({ kind: 'unauthorised', detail: 'X answered 401' }),
    });
    const strict = openWeb(testContext({ platforms: { x: refusing } }));
    const browser = await signedIn(strict, await aMember('administrator'));
    const sent = { ...keys, timeZone: 'UTC' };
    const page = await browser.submit('/accounts/keys/x/new', '/accounts/keys/x', sent);
    expect(page.status).to.equal(422);
    expect(page.text).to.include('X answered 401');
    expect(await Accounts.countDocuments()).to.equal(0);
  });

  it('connect an account with an app password, and show neither it nor a person’s own again', async () => {
    const asked: string[] = [];
    const passwordFlow = {
      async signIn({ password }: { password: string }) {
        asked.push(password);
        return { kind: 'connected' as const, credential: { accessToken: 'session-canary' } };
      },
    };
    const bluesky = acceptingPlatform({ network: 'bluesky', passwordFlow });
    const browser = await signedIn(
      openWeb(testContext({ platforms: { bluesky } })),
      await aMember('administrator'),
    );
    const ways = await browser.get('/accounts/new');
    expect(ways.text).to.include('href="/accounts/password/bluesky/new"');
    const form = await browser.get('/accounts/password/bluesky/new');
    expect(form.text).to.include('value="bsky.social"');
    expect(await htmlProblems(form.text)).to.deep.equal([]);
    const fields = { identifier: 'comehome.bsky.social', instance: 'bsky.social', timeZone: 'UTC' };
    const send = (password: string) =>
      browser.submit('/accounts/password/bluesky/new', '/accounts/password/bluesky', { ...fields, password });
    const refused = await send('my-own-password-canary');
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('Enter an app password').and.not.include('password-canary');
    expect(await htmlProblems(refused.text)).to.deep.equal([]);
    const done = await send('abcd-efgh-ijkl-mnop');
    expect(done.status).to.equal(303);
    expect((await browser.get(done.get('Location') ?? '')).text).not.to.match(/abcd-efgh|session-canary/);
    expect(asked).to.deep.equal(['abcd-efgh-ijkl-mnop']);
  });

  it('lead to the network’s own page by a link and take the person back', async () => {
    const browser = await signedIn(web, await aMember('administrator'));
    const fields = { clientId: 'client', clientSecret: '', timeZone: 'UTC' };
    const form = await browser.get('/accounts/connection/x/new');
    expect(await htmlProblems(form.text)).to.deep.equal([]);
    const leaving = await browser.submit('/accounts/connection/x/new', '/accounts/connection/x', fields);
    expect(leaving.text).to.include('href="https://x.com/i/oauth2/authorize?state&#x3D;s"');
    const back = await browser.get('/accounts/connection?state=s&code=c');
    expect(back.status).to.equal(303);
    expect(back.get('Location')).to.match(/^\/accounts\/[0-9a-f]{24}$/);
    const again = await browser.get('/accounts/connection?state=s&code=c');
    expect(again.get('Location')).to.equal('/accounts/new');
    const refused = await browser.get('/accounts/connection?error=access_denied&state=s');
    expect(refused.get('Location')).to.equal('/accounts/new');
  });

  it('name the listed servers, or say what an administrator has to do first', async () => {
    const live = openWeb(testContext({ platforms: { mastodon: acceptingPlatform({ connectFlow }) } }));
    const browser = await signedIn(live, await aMember('administrator'));
    const ways = await browser.get('/accounts/new');
    expect(ways.text).to.include('href="/accounts/connection/mastodon/new"');
    expect(ways.text).not.to.include('Make a rehearsal account');
    const page = '/accounts/connection/mastodon/new';
    expect((await browser.get(page)).text).to.include('No server is listed yet');
    const asked = { instance: 'social.example', timeZone: 'UTC' };
    const refused = await browser.submit(page, '/accounts/connection/mastodon', asked);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('social.example is not on the list').and.include('#field-instance');
    const organisation = { name: 'O', instances: 'social.example\nother.example' };
    await browser.submit('/settings/organisation', '/settings/organisation', organisation);
    const shown = await browser.get(page);
    expect(shown.text).to.include('Listed servers: social.example and other.example');
    expect(await htmlProblems(shown.text)).to.deep.equal([]);
    const leaving = await browser.submit(page, '/accounts/connection/mastodon', asked);
    expect(leaving.text).to.include('Open Mastodon');
  });

  it('offer a rehearsal account on every network that can be rehearsed', async () => {
    const at = 'http://127.0.0.1:9';
    const platforms = { x: acceptingPlatform(), mastodon: acceptingPlatform() };
    const rehearsing = openWeb(testContext({ platforms, rehearsal: { x: at, mastodon: at, bluesky: at } }));
    const browser = await signedIn(rehearsing, await aMember('administrator'));
    const page = await browser.get('/accounts/new');
    expect(page.text).to.include('Make a rehearsal account on Mastodon').and.not.include('on Bluesky');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    const keys = await browser.get('/accounts/keys/mastodon/new');
    expect(keys.text).to.include('every server name leads to the stand-in');
    const silent = await browser.post('/accounts/rehearsal', { network: 'mastodon' });
    expect(silent.status).to.equal(502);
  });

  it('check the disclosure, enable, pace, test, pause and disconnect', async () => {
    const member = await aMember('administrator');
    const { _id: id } = await connectAccount(context, member, {
      network: 'x',
      credential: keys,
      timeZone: 'UTC',
    });
    const browser = await signedIn(web, member);
    const path = `/accounts/${id}`;
    const refused = await browser.post(`${path}/enablement`);
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('not disclosed yet');
    const ticks = { operatorInProfile: 'true', automatedLabel: 'true', ownerNamed: 'true' };
    expect((await browser.submit(path, `${path}/disclosure`, ticks)).status).to.equal(303);
    expect((await browser.post(`${path}/enablement`)).status).to.equal(303);
    const pace = { gapMinutes: '45', quietFromHour: '23', quietToHour: '6', timeZone: 'Europe/Paris' };
    expect((await browser.submit(path, `${path}/pace`, pace)).status).to.equal(303);
    expect((await browser.post(`${path}/test`)).status).to.equal(303);
    const page = await browser.get(path);
    expect(page.text).to.include('At least 45 minutes between posts, quiet from 23:00 to 6:00, Europe/Paris');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect((await browser.submit(path, `${path}/pause`, { reason: 'Profile change' })).status).to.equal(303);
    expect((await browser.get(path)).text).to.include('Profile change');
    expect((await browser.post(`${path}/disconnection`)).status).to.equal(303);
    expect(await Credentials.countDocuments()).to.equal(0);
    expect(await htmlProblems((await browser.get(path)).text)).to.deep.equal([]);
  });

  it('show wrong values of one form beside their fields and leave the others as they were', async () => {
    const { _id } = await anAccount();
    const browser = await signedIn(web, await aMember('administrator'));
    const wrong = { gapMinutes: '9999', quietFromHour: '23', quietToHour: '6', timeZone: 'Europe/Atlantis' };
    const page = await browser.submit(`/accounts/${_id}`, `/accounts/${_id}/pace`, wrong);
    expect(page.status).to.equal(422);
    expect(page.text).to.include('value="9999"').and.include('href="#field-gapMinutes"');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
  });

  it('show the account to everybody and its forms only to those who may', async () => {
    const { _id } = await anAccount();
    const drafter = await signedIn(web, await aMember('drafter'));
    const page = await drafter.get(`/accounts/${_id}`);
    expect(page.status).to.equal(200);
    expect(page.text).not.to.include(`/accounts/${_id}/`);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect((await drafter.post(`/accounts/${_id}/test`)).status).to.equal(403);
  });

  for (const language of ['fr', 'ar'] as const) {
    it(`speak ${language}`, async () => {
      const { _id } = await anAccount();
      const member = await aMember('administrator');
      await Members.updateOne({ _id: member._id }, { language });
      const browser = await signedIn(web, member);
      for (const path of [
        '/accounts',
        '/accounts/new',
        '/accounts/keys/x/new',
        '/accounts/connection/x/new',
        `/accounts/${_id}`,
      ]) {
        const page = await browser.get(path);
        expect(page.status, path).to.equal(200);
        expect(await htmlProblems(page.text), path).to.deep.equal([]);
      }
    });
  }
});
