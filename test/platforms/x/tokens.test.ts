import { expect } from 'chai';
import { json } from '../scripted.ts';
import { NOW, problem, useScriptedX } from './scripted-x.ts';

const application = { clientId: 'client-1', clientSecret: 'client-secret-canary' };
const credential = {
  ...application,
  accessToken: 'old-access-canary',
  refreshToken: 'old-refresh-canary',
  expiresAt: '2014-10-14T07:01:00.000Z',
  remoteId: '77',
};
const fresh = {
  access_token: 'new-access',
  refresh_token: 'new-refresh',
  expires_in: 7200,
  token_type: 'bearer',
};

describe('Access to X by OAuth 2.0', () => {
  const x = useScriptedX();
  const renewal = () => x.platform.renewal ?? expect.fail('X has no renewal');
  const flow = () => x.platform.connectFlow ?? expect.fail('X has no connect flow');

  it('uses the access token as a bearer', async () => {
    x.play(json(201, { data: { id: '1' } }));
    await x.platform.publish(credential, { text: 'Hello', language: 'en', deliveryKey: 'd' });
    expect(x.seen[0]?.authorization).to.equal('Bearer old-access-canary');
  });

  it('knows when access runs out, and that typed-in keys do not', () => {
    expect(renewal().expiresAt(credential)).to.deep.equal(new Date('2014-10-14T07:01:00Z'));
    const keys = { appKey: 'a', appSecret: 'b', accessToken: 'c', accessSecret: 'd' };
    expect(renewal().expiresAt(keys)).to.equal(null);
  });

  it('renews with the form that the standard asks for and hands back both new tokens', async () => {
    x.play(json(200, fresh));
    expect(await renewal().renew(credential)).to.deep.equal({
      kind: 'renewed',
      credential: {
        ...credential,
        accessToken: 'new-access',
        refreshToken: 'new-refresh',
        expiresAt: new Date(NOW.getTime() + 7_200_000).toISOString(),
      },
    });
    const [request] = x.seen;
    expect(request).to.include({ method: 'POST', path: '/2/oauth2/token' });
    expect(request?.contentType).to.match(/^application\/x-www-form-urlencoded/);
    expect(Object.fromEntries(new URLSearchParams(request?.body))).to.deep.equal({
      grant_type: 'refresh_token',
      refresh_token: 'old-refresh-canary',
      client_id: 'client-1',
    });
    expect(request?.authorization).to.match(/^Basic /);
  });

  it('sends somebody to connect again when the network refuses, and tries later when it is ill', async () => {
    x.play(json(400, { error: 'invalid_request', error_description: 'old-refresh-canary was invalid.' }));
    const refused = await renewal().renew(credential);
    expect(refused).to.deep.equal({
      kind: 'unauthorised',
      detail: 'X answered 400: [redacted] was invalid.',
    });
    x.play(problem(503, 'Over capacity'));
    expect((await renewal().renew(credential)).kind).to.equal('failed');
  });

  it('leads to the network’s own page and turns the code into a credential', async () => {
    const started = await flow().begin(application, 'http://127.0.0.1:3000/accounts/connection');
    if (started.kind !== 'begun') throw new Error(started.detail);
    const page = new URL(started.address);
    expect(page.origin + page.pathname).to.equal('https://x.com/i/oauth2/authorize');
    expect(page.searchParams.get('state')).to.equal(started.state);
    expect(page.searchParams.get('scope')).to.contain('offline.access');
    expect(started.address).not.to.contain(started.verifier);

    x.play(json(200, fresh));
    const answer = {
      code: 'code-1',
      verifier: started.verifier,
      returnTo: 'http://127.0.0.1:3000/accounts/connection',
    };
    const outcome = await flow().finish(application, answer);
    expect(outcome).to.have.property('kind', 'connected');
    expect(new URLSearchParams(x.seen[0]?.body).get('code_verifier')).to.equal(started.verifier);
  });
});
