import { connect, createServer } from 'node:net';
import { expect } from 'chai';
import { openBluesky } from '../../../server/platforms/bluesky/open.ts';
import { RehearsalAgent } from '../../../server/platforms/rehearsal-agent.ts';
import { html, json } from '../scripted.ts';
import { NOW, refusal, SESSION, useScriptedBluesky } from './scripted-bluesky.ts';

const post = { text: 'You can still call.', language: 'en', deliveryKey: '543ccac0aaaaaaaaaaaaaaaa' };
const seconds = (iso: string) => String(Date.parse(iso) / 1000);

describe('What servers of Bluesky answer', () => {
  const bluesky = useScriptedBluesky();

  async function outcomeOf(...steps: Parameters<typeof bluesky.play>) {
    bluesky.play(...steps);
    return bluesky.platform.publish(SESSION, post);
  }

  it('is asked of the account’s own server, once, with the condition that nothing is there', async () => {
    const uri = `at://${SESSION.did}/app.bsky.feed.post/3l2s5xxv2ze2c`;
    expect(await outcomeOf(json(200, { uri, cid: 'bafyreib' }))).to.deep.equal({
      kind: 'accepted',
      remoteId: uri,
      remoteUrl: 'https://bsky.app/profile/comehome.bsky.social/post/3l2s5xxv2ze2c',
    });
    expect(bluesky.seen).to.have.length(1);
    const [request] = bluesky.seen;
    expect(request).to.deep.include({
      method: 'POST',
      host: SESSION.pds,
      path: '/xrpc/com.atproto.repo.putRecord',
      authorization: `Bearer ${SESSION.accessToken}`,
    });
    const { rkey, record, ...rest } = JSON.parse(request?.body ?? '');
    expect(rest).to.deep.equal({ repo: SESSION.did, collection: 'app.bsky.feed.post', swapRecord: null });
    expect(rkey).to.match(/^[2-7a-z]{13}$/);
    expect(record).to.deep.equal({
      $type: 'app.bsky.feed.post',
      text: post.text,
      createdAt: NOW.toISOString(),
      langs: ['en'],
    });
  });

  it('is final when the server itself refuses, and not known when a page before it does', async () => {
    for (const status of [400, 403, 404, 413, 422]) {
      expect(await outcomeOf(refusal(status, 'InvalidRequest'))).to.deep.equal({
        kind: 'refused',
        detail: `Bluesky answered ${status}: InvalidRequest: because of InvalidRequest`,
      });
      expect((await outcomeOf(html(status))).kind, String(status)).to.equal('unknown');
    }
    for (const status of [302, 408, 409, 500, 502, 503]) {
      expect((await outcomeOf(refusal(status, 'InternalServerError'))).kind, String(status)).to.equal(
        'unknown',
      );
    }
  });

  it('calls for a person when the session or the account is at its end', async () => {
    for (const error of ['ExpiredToken', 'InvalidToken', 'AccountTakedown', 'AccountDeactivated']) {
      expect((await outcomeOf(refusal(400, error))).kind, error).to.equal('unauthorised');
    }
    expect((await outcomeOf(refusal(401, 'AuthenticationRequired'))).kind).to.equal('unauthorised');
    expect((await outcomeOf(html(401))).kind).to.equal('unauthorised');
  });

  it('tells when writing is allowed again, and whether a day is used up', async () => {
    const headers = (reset: string, window: number) => ({
      'ratelimit-reset': seconds(reset),
      'ratelimit-policy': `5000;w=${window}`,
    });
    const short = await outcomeOf(refusal(429, 'RateLimitExceeded', headers('2014-10-14T07:41:00Z', 3600)));
    expect(short).to.deep.include({ allowance: 'short', retryAt: new Date('2014-10-14T07:41:00Z') });
    const day = await outcomeOf(refusal(429, 'RateLimitExceeded', headers('2014-10-15T06:00:00Z', 86400)));
    expect(day).to.deep.include({ allowance: 'day', retryAt: new Date('2014-10-15T06:00:00Z') });
    const silent = await outcomeOf(html(429));
    expect(silent).to.deep.include({ allowance: 'short', retryAt: new Date('2014-10-14T07:15:00Z') });
  });

  it('is not known after a success that makes no sense, or too late an answer', async () => {
    expect((await outcomeOf(json(200, { ok: true }))).kind).to.equal('unknown');
    expect((await outcomeOf(html(200))).kind).to.equal('unknown');
    expect((await outcomeOf(() => undefined)).kind).to.equal('unknown');
  });

  it('is certain when the connection broke before its encryption stood', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const agent = new RehearsalAgent(`http://127.0.0.1:${port}`);
    // Like the real one, the connection is encrypted before anything is written.
    const { TLSSocket } = await import('node:tls');
    agent.createConnection = () => new TLSSocket(connect(port, '127.0.0.1'));
    const outcome = await openBluesky({ agent, timeoutMs: 300 }).publish(SESSION, post);
    server.close();
    expect(outcome.kind).to.equal('not-sent');
  });

  it('never quotes a token', async () => {
    const quoting = json(400, { error: 'InvalidRequest', message: `Bad ${SESSION.accessToken}` });
    const outcome = await outcomeOf(quoting);
    expect(JSON.stringify(outcome)).to.include('[redacted]').and.not.include('canary');
  });
});
