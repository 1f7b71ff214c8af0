import { expect } from 'chai';
import { html, json } from '../scripted.ts';
import { NOW, refusal, SESSION, useScriptedBluesky } from './scripted-bluesky.ts';
import { useBluesky } from './support.ts';

const token = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;

describe('A session on Bluesky', () => {
  const server = useScriptedBluesky();
  const bluesky = useBluesky();
  const typed = { instance: 'bsky.social', identifier: SESSION.handle, password: 'abcd-efgh-ijkl-mnop' };
  const opened = (more: object = {}) =>
    json(200, {
      accessJwt: token({ exp: Date.parse('2014-10-14T08:30:00Z') / 1000 }),
      refreshJwt: 'refresh-1',
      did: SESSION.did,
      handle: SESSION.handle,
      ...more,
    });
  const documentAt = (serviceEndpoint: string) => ({
    didDoc: { service: [{ id: '#atproto_pds', serviceEndpoint }] },
  });

  async function signIn(...steps: Parameters<typeof server.play>) {
    server.play(...steps);
    const outcome = await server.platform.passwordFlow?.signIn(typed);
    if (outcome?.kind !== 'connected') throw new Error(JSON.stringify(outcome));
    return outcome.credential;
  }

  it('is opened with the app password, which is then forgotten', async () => {
    const credential = await signIn(opened());
    expect(credential).to.deep.include({ did: SESSION.did, handle: SESSION.handle, instance: 'bsky.social' });
    expect(JSON.stringify(credential)).not.to.include(typed.password);
    expect(server.seen[0]).to.deep.include({ host: 'bsky.social', authorization: '' });
  });

  it('goes on at the server that holds the account only if that is one of Bluesky’s own', async () => {
    const own = await signIn(opened(documentAt('https://morel.us-east.host.bsky.network')));
    expect(own).to.include({ pds: 'morel.us-east.host.bsky.network' });
    for (const address of [
      'https://pds.attacker.example',
      'https://host.bsky.network.attacker.example',
      'http://morel.us-east.host.bsky.network',
      'https://morel.us-east.host.bsky.network:8443',
      'https://127.0.0.1',
      'not an address',
    ]) {
      expect(await signIn(opened(documentAt(address))), address).not.to.have.property('pds');
    }
  });

  it('ends when its token says so, and within the hour when that says nothing', async () => {
    const ends = async (accessJwt: string) =>
      server.platform.renewal?.expiresAt(await signIn(opened({ accessJwt })))?.toISOString();
    expect(await ends(token({ exp: Date.parse('2014-10-14T08:30:00Z') / 1000 }))).to.equal(
      '2014-10-14T08:30:00.000Z',
    );
    expect(await ends('opaque')).to.equal(new Date(NOW.getTime() + 3_600_000).toISOString());
  });

  it('is refused with a wrong password, and failed when the server cannot say', async () => {
    const outcomeOf = async (step: Parameters<typeof server.play>[0]) => {
      server.play(step);
      return server.platform.passwordFlow?.signIn(typed);
    };
    const refused = await outcomeOf(
      json(401, { error: 'AuthenticationRequired', message: `Not ${typed.password}` }),
    );
    expect(refused?.kind).to.equal('refused');
    expect(JSON.stringify(refused)).not.to.include(typed.password);
    expect((await outcomeOf(html(502)))?.kind).to.equal('failed');
    expect((await outcomeOf(refusal(429, 'RateLimitExceeded')))?.kind).to.equal('failed');
  });

  it('is renewed where it was opened, with the refresh token alone', async () => {
    server.play(opened({ refreshJwt: 'refresh-2' }));
    const renewed = await server.platform.renewal?.renew({ ...SESSION, remoteId: SESSION.did });
    expect(renewed).to.have.nested.property('credential.refreshToken', 'refresh-2');
    expect(renewed).to.have.nested.property('credential.remoteId', SESSION.did);
    expect(server.seen[0]).to.deep.include({
      host: 'bsky.social',
      path: '/xrpc/com.atproto.server.refreshSession',
      authorization: `Bearer ${SESSION.refreshToken}`,
    });
  });

  it('needs a person when it was ended or is another account’s, but not when the server is ill', async () => {
    const outcomeOf = async (step: Parameters<typeof server.play>[0]) => {
      server.play(step);
      return (await server.platform.renewal?.renew(SESSION))?.kind;
    };
    expect(await outcomeOf(refusal(400, 'ExpiredToken'))).to.equal('unauthorised');
    expect(await outcomeOf(refusal(503, 'NotEnoughResources'))).to.equal('failed');
    expect(await outcomeOf(opened({ did: 'did:plc:somebodyelse' }))).to.equal('failed');
  });

  it('goes on when the answer to a renewal was lost: the old token gives the same session again', async () => {
    const { renewal } = bluesky.platform;
    bluesky.network.setFaults([{ endpoint: 'refreshSession', kind: 'reset', moment: 'after', count: 1 }]);
    expect((await renewal?.renew(bluesky.credential))?.kind).to.equal('failed');
    const renewed = await renewal?.renew(bluesky.credential);
    if (renewed?.kind !== 'renewed') throw new Error(JSON.stringify(renewed));
    expect(renewed.credential.refreshToken).not.to.equal(bluesky.credential.refreshToken);
    expect((await bluesky.platform.whoAmI(renewed.credential)).kind).to.equal('known');
  });

  it('is over once its token is old, and cannot be renewed months later', async () => {
    bluesky.network.setClock(new Date(Date.now() + 3 * 3_600_000));
    expect((await bluesky.platform.whoAmI(bluesky.credential)).kind).to.equal('unauthorised');
    bluesky.network.setClock(new Date(Date.now() + 91 * 86_400_000));
    expect((await bluesky.platform.renewal?.renew(bluesky.credential))?.kind).to.equal('unauthorised');
    bluesky.network.setClock(null);
  });

  it('tells of an account that was taken down', async () => {
    server.play(json(200, { did: SESSION.did, handle: SESSION.handle, active: false, status: 'takendown' }));
    const identity = await server.platform.whoAmI(SESSION);
    expect(identity.kind).to.equal('unauthorised');
    expect(JSON.stringify(identity)).to.include('takendown');
  });
});
