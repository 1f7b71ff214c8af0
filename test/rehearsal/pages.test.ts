import { expect } from 'chai';
import type { XCredentials } from '../../server/rehearsal/x/network.ts';
import { png, useRehearsal } from './support.ts';
import { htmlFindings, validPage as validPageAt } from './valid-page.ts';

describe('the rehearsal X: pages', () => {
  const rehearsal = useRehearsal();
  let credentials: XCredentials;
  let root: string;

  beforeEach(async () => {
    const { x } = rehearsal.current;
    credentials = await x.registerAccount({
      username: 'comehome_eu',
      name: 'Come <Home>',
      description: 'Families who answer. Run by Come Home, Brussels.',
      automatedBy: 'sam_at_home',
    });
    const publish = (text: string, daysAgo: number, media?: { base64: string; altText?: string }[]) =>
      x.publishBackdated({
        username: 'comehome_eu',
        text,
        createdAt: new Date(Date.now() - daysAgo * 86_400_000),
        ...(media ? { media } : {}),
      });
    root = await publish(
      'Would you have called? <b> & https://example.org/a/very/long/address/indeed #comehome',
      3,
    );
    await publish('ما زال بإمكانك أن تتصل', 2, [
      { base64: png.toString('base64'), altText: 'A "lit" window' },
    ]);
    await publish("Il m'a écrit de là-bas.", 1, [{ base64: png.toString('base64') }]);
  });

  async function get(path: string, init?: RequestInit) {
    const response = await fetch(`${rehearsal.current.url}${path}`, { redirect: 'manual', ...init });
    return { response, html: await response.text() };
  }

  const validPage = (path: string) => validPageAt(`${rehearsal.current.url}${path}`);

  it('show the timeline: texts escaped, links, languages, pictures with and without alt text', async () => {
    const html = await validPage('/rehearsal/x');
    expect(html).to.contain('Come &lt;Home&gt;').and.contain('&lt;b&gt; &amp;');
    expect(html).to.contain(
      '<a href="https://example.org/a/very/long/address/indeed" rel="nofollow noreferrer">',
    );
    expect(html).to.contain('<span class="marked">#comehome</span>');
    expect(html).to.contain('dir="auto" lang="ar"').and.contain('dir="auto" lang="fr"');
    expect(html).to.contain('alt="A &quot;lit&quot; window"').and.contain('No alt text');
    expect(html).to.contain('Automated by @sam_at_home');
    expect(html).to.match(/<dt>Views<\/dt>\s*<dd>[\d,]{3,}<\/dd>/);
  });

  it('show a conversation with its answers', async () => {
    const html = await validPage(`/rehearsal/x/posts/${root}`);
    expect(html).to.contain('Answers <bdi>@comehome_eu</bdi>').and.contain('class="depth-1"');
    expect(html).not.to.match(/<p class="text"[^>]*>@/);
  });

  it('show an account, the settings and what is not there', async () => {
    expect(await validPage('/rehearsal/x/comehome_eu')).to.contain('Families who answer');
    expect(await validPage('/rehearsal/x/settings')).to.contain('No faults');
    expect(await validPage('/rehearsal/x/nobody')).to.contain('no account of that name');
    expect((await get('/rehearsal/x/posts/12')).response.status).to.equal(404);
    const { url } = rehearsal.current;
    expect((await get('/comehome_eu/status/12')).response.headers.get('location')).to.equal(
      '/rehearsal/x/posts/12',
    );
    expect((await fetch(url)).url).to.equal(`${url}/rehearsal/x`);
    for (const name of ['frame', 'posts'])
      expect((await get(`/rehearsal/styles/${name}.css`)).response.status).to.equal(200);
  });

  it('show only what is still there', async () => {
    await rehearsal.oauth1(credentials).v2.deleteTweet(root);
    expect((await get('/rehearsal/x')).html).not.to.contain('Would you have called');
    expect((await get(`/rehearsal/x/posts/${root}`)).response.status).to.equal(404);
  });

  it('turn their pages', async () => {
    for (let index = 0; index < 40; index += 1) {
      const createdAt = new Date(Date.now() - index * 1_000);
      await rehearsal.current.x.publishBackdated({
        username: 'comehome_eu',
        text: `Number ${index}`,
        createdAt,
      });
    }
    const before = /href="\/rehearsal\/x\?before&#x3D;(\d+)"/.exec(await validPage('/rehearsal/x'))?.[1];
    expect(await validPage(`/rehearsal/x?before=${before}`)).to.contain('Would you have called');
  });

  const submit = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    get(path, { method: 'POST', body: new URLSearchParams(fields), headers });

  it('set the speed and the faults', async () => {
    const settings = '/rehearsal/x/settings';
    const set = await submit(settings, { change: 'speed', speed: '600' });
    expect(set.response.status).to.equal(303);
    expect(await validPage(settings)).to.match(/<option value="600" selected>/);
    const fault = {
      change: 'add-fault',
      endpoint: 'createTweet',
      kind: 'reset',
      moment: 'after',
      count: '2',
      probability: '',
      delayMs: '0',
    };
    expect((await submit(settings, fault)).response.status).to.equal(303);
    expect(await validPage(settings)).to.contain('the next 2');
    expect((await submit(settings, { change: 'clear-faults' })).response.status).to.equal(303);
    expect(await validPage(settings)).to.contain('No faults');
  });

  it('keep what was typed when it makes no sense, and take nothing from other sites', async () => {
    const fault = {
      change: 'add-fault',
      endpoint: 'me',
      kind: 'slow',
      moment: 'before',
      count: '2',
      probability: '7',
      delayMs: '10',
    };
    const { response, html } = await submit('/rehearsal/x/settings', fault);
    expect(response.status).to.equal(422);
    expect(html)
      .to.contain('value="7"')
      .and.contain('role="alert"')
      .and.match(/<option value="me" selected>/);
    const foreign = await submit('/rehearsal/x/settings', fault, { 'sec-fetch-site': 'same-site' });
    expect(foreign.response.status).to.equal(403);
  });

  describe('authorise', () => {
    const redirectUri = 'http://127.0.0.1:3000/accounts/x/connection';

    function link(redirect = redirectUri) {
      const options = { scope: ['tweet.read', 'tweet.write', 'users.read', 'offline.access'], state: 'abc' };
      const made = rehearsal.app().generateOAuth2AuthLink(redirect, options as never);
      return { ...made, path: made.url.replace('https://x.com', '') };
    }

    function formOf(html: string): Record<string, string> {
      const fields = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
      return Object.fromEntries(
        fields.map(([, name = '', value = '']) => [name, value.replaceAll('&#x3D;', '=')]),
      );
    }

    it('an app, which gets keys that work', async () => {
      const { path, codeVerifier } = link();
      const { response, html } = await get(path);
      expect(response.headers.get('content-security-policy')).to.contain(
        "form-action 'self' http://127.0.0.1:3000",
      );
      expect(await htmlFindings(html)).to.deep.equal([]);
      expect(html).to.contain('Authorize app').and.contain('Publish and delete posts');

      const fields = { ...formOf(html), user_id: credentials.userId, decision: 'allow' };
      const answer = await submit('/i/oauth2/authorize', fields);
      const back = new URL(answer.response.headers.get('location') ?? '');
      expect(back.origin + back.pathname).to.equal(redirectUri);
      expect(back.searchParams.get('state')).to.equal('abc');
      const code = back.searchParams.get('code') ?? '';
      const login = await rehearsal.app().loginWithOAuth2({ code, codeVerifier, redirectUri });
      expect((await login.client.v2.me()).data.username).to.equal('comehome_eu');
      expect(login.refreshToken).to.be.a('string');
      const again = rehearsal.app().loginWithOAuth2({ code, codeVerifier, redirectUri });
      expect(await again.catch((error) => error.code)).to.equal(400);
    });

    it('nothing without the verifier', async () => {
      const { html } = await get(link().path);
      const answer = await submit('/i/oauth2/authorize', {
        ...formOf(html),
        user_id: credentials.userId,
        decision: 'allow',
      });
      const code = new URL(answer.response.headers.get('location') ?? '').searchParams.get('code') ?? '';
      const login = rehearsal.app().loginWithOAuth2({ code, codeVerifier: 'guess', redirectUri });
      expect(await login.catch((error) => error.code)).to.equal(400);
    });

    it('nothing when the person declines, and never towards another site', async () => {
      const { html } = await get(link().path);
      const answer = await submit('/i/oauth2/authorize', {
        ...formOf(html),
        user_id: credentials.userId,
        decision: 'deny',
      });
      expect(answer.response.headers.get('location')).to.equal(
        `${redirectUri}?state=abc&error=access_denied`,
      );
      const elsewhere = await get(link('https://evil.example/').path);
      expect(elsewhere.response.status).to.equal(400);
      expect(elsewhere.html).to.contain('may not send people to this address');
    });
  });
});
