import { expect } from 'chai';
import { html, json } from '../scripted.ts';
import { useScriptedMastodon } from './scripted-mastodon.ts';

const returnTo = 'http://127.0.0.1:3000/accounts/connection';
const asked = { clientId: '', clientSecret: '', instance: 'social.example' };
const given = { client_id: 'client-1', client_secret: 'client-secret-canary' };

describe('Access to Mastodon by OAuth 2.0', () => {
  const mastodon = useScriptedMastodon();
  const flow = () => mastodon.platform.connectFlow ?? expect.fail('Mastodon has no connect flow');

  it('registers on the account’s own server and leads to its page with a challenge', async () => {
    mastodon.play(json(200, given));
    const begun = await flow().begin(asked, returnTo);
    if (begun.kind !== 'begun') throw new Error(begun.detail);
    expect(mastodon.seen[0]).to.include({ host: 'social.example', path: '/api/v1/apps' });
    const page = new URL(begun.address);
    expect(page.origin + page.pathname).to.equal('https://social.example/oauth/authorize');
    expect(page.searchParams.get('code_challenge_method')).to.equal('S256');
    expect(page.searchParams.get('state')).to.equal(begun.state);
    expect(begun.address).not.to.include(begun.verifier).and.not.to.include('canary');
    expect(begun.application).to.deep.equal({
      clientId: 'client-1',
      clientSecret: 'client-secret-canary',
      instance: 'social.example',
    });
  });

  it('registers as older servers want it when a list of addresses is refused', async () => {
    mastodon.play(json(422, { error: "Redirect URI can't be blank" }), json(200, given));
    expect((await flow().begin(asked, returnTo)).kind).to.equal('begun');
    const sent = mastodon.seen.map(({ body }) => JSON.parse(body).redirect_uris);
    expect(sent).to.deep.equal([[returnTo], returnTo]);
  });

  it('says when a server wants nothing of it, or is ill, and asks nothing of no server', async () => {
    mastodon.play(html(403));
    expect((await flow().begin(asked, returnTo)).kind).to.equal('refused');
    mastodon.play(html(503));
    expect((await flow().begin(asked, returnTo)).kind).to.equal('failed');
    mastodon.seen.length = 0;
    for (const instance of ['', '127.0.0.1', 'localhost', 'social.example:8443', 'a@social.example']) {
      expect((await flow().begin({ ...asked, instance }, returnTo)).kind).to.equal('refused');
    }
    expect(mastodon.seen).to.be.empty;
  });

  it('turns the code into a credential with the form of the standard, and repeats no secret', async () => {
    const application = {
      clientId: 'client-1',
      clientSecret: 'client-secret-canary',
      instance: 'social.example',
    };
    const answer = { code: 'code-canary', verifier: 'verifier-canary', returnTo };
    mastodon.play(json(200, { access_token: 'token-1', token_type: 'Bearer' }));
    expect(await flow().finish(application, answer)).to.deep.equal({
      kind: 'connected',
      credential: { ...application, accessToken: 'token-1' },
    });
    const [request] = mastodon.seen;
    expect(request?.contentType).to.match(/^application\/x-www-form-urlencoded/);
    expect(new URLSearchParams(request?.body).get('code_verifier')).to.equal('verifier-canary');
    const description = 'code-canary and client-secret-canary do not fit';
    mastodon.play(json(400, { error: 'invalid_grant', error_description: description }));
    expect(await flow().finish(application, answer)).to.deep.equal({
      kind: 'refused',
      detail: 'Mastodon answered 400: [redacted] and [redacted] do not fit',
    });
  });
});
