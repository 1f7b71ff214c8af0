import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect } from 'chai';
import type { ApiResponseError, ITwitterApiClientPlugin } from 'twitter-api-v2';
import { OAuth1Helper } from 'twitter-api-v2/dist/cjs/client-mixins/oauth1.helper.js';
import { errorOf, useRehearsal } from './support.ts';

class SignerOfThePast extends OAuth1Helper {
  secondsAgo = 0;

  protected override getTimestamp() {
    return super.getTimestamp() - this.secondsAgo;
  }
}

describe('the rehearsal X: keys', () => {
  const rehearsal = useRehearsal();

  const account = () => rehearsal.current.x.registerAccount({ username: 'comehome_eu', name: 'Come Home' });

  it('gives the same keys to the same username, also after a restart', async () => {
    const credentials = await account();
    expect(await account()).to.deep.equal(credentials);
    await rehearsal.reopen();
    expect(await account()).to.deep.equal(credentials);
  });

  it('rotates refresh tokens, each of which works once', async () => {
    const { oauth2 } = await account();
    const renewed = await rehearsal.app().refreshOAuth2Token(oauth2.refreshToken);
    expect(renewed.expiresIn).to.equal(7200);
    expect(renewed.scope).to.include('tweet.write');
    expect(renewed.refreshToken).not.to.equal(oauth2.refreshToken);
    await renewed.client.v2.me();
    expect((await errorOf<ApiResponseError>(rehearsal.with(oauth2.accessToken).v2.me())).code).to.equal(401);
    const again = await errorOf<ApiResponseError>(rehearsal.app().refreshOAuth2Token(oauth2.refreshToken));
    expect(again.code).to.equal(400);
    expect(again.data).to.include({ error_description: 'Value passed for the token was invalid.' });
    await rehearsal.app().refreshOAuth2Token(renewed.refreshToken ?? '');
  });

  it('lets access tokens run out after two hours', async () => {
    const credentials = await account();
    rehearsal.current.x.setClock(new Date(Date.now() + 7_201_000));
    const error = await errorOf<ApiResponseError>(rehearsal.oauth2(credentials).v2.me());
    expect(error.code).to.equal(401);
    await rehearsal.app().refreshOAuth2Token(credentials.oauth2.refreshToken);
  });

  it('revokes', async () => {
    const credentials = await account();
    await rehearsal.app().revokeOAuth2Token(credentials.oauth2.accessToken);
    expect((await errorOf<ApiResponseError>(rehearsal.oauth2(credentials).v2.me())).code).to.equal(401);
    const fresh = await account();
    await rehearsal.oauth2(fresh).v2.me();
  });

  it('refuses an app that does not know its secret', async () => {
    const { oauth2 } = await account();
    const stranger = rehearsal.with({ clientId: oauth2.clientId, clientSecret: 'guess' });
    expect((await errorOf<ApiResponseError>(stranger.refreshOAuth2Token(oauth2.refreshToken))).code).to.equal(
      401,
    );
  });

  it('refuses a signed request that is sent a second time', async () => {
    const { oauth1 } = await account();
    let authorization = '';
    const listener: ITwitterApiClientPlugin = {
      onBeforeRequest({ computedParams }) {
        authorization = String(computedParams.headers.Authorization);
      },
    };
    const client = rehearsal.with(oauth1, { plugins: [listener] });
    await client.v2.me();
    expect(authorization).to.match(/^OAuth /);
    expect(await statusOf({ authorization })).to.equal(401);
  });

  it('refuses a signature of another time', async () => {
    const { oauth1 } = await account();
    const signer = new SignerOfThePast({ consumerKeys: { key: oauth1.appKey, secret: oauth1.appSecret } });
    const sign = (secondsAgo: number) => {
      signer.secondsAgo = secondsAgo;
      const tokens = { key: oauth1.accessToken, secret: oauth1.accessSecret };
      const signed = signer.authorize({ method: 'GET', url: 'https://api.x.com/2/users/me' }, tokens);
      return { authorization: signer.toHeader(signed).Authorization };
    };
    expect(await statusOf(sign(0))).to.equal(200);
    expect(await statusOf(sign(3600))).to.equal(401);
  });

  async function statusOf(headers: Record<string, string>): Promise<number> {
    const asked = request({
      port: rehearsal.current.port,
      host: '127.0.0.1',
      path: '/2/users/me',
      headers: { ...headers, host: 'api.x.com' },
    });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode ?? 0;
  }
});
