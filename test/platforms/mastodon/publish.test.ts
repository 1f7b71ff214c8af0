import { expect } from 'chai';
import type { Outcome } from '../../../server/platforms/platform.ts';
import { html, json, type Script } from '../scripted.ts';
import { aStatus, KEYS, NOW, useScriptedMastodon } from './scripted-mastodon.ts';

const post = { text: 'You can still call. 24 h.', language: 'en', deliveryKey: 'delivery-1' };
const refusal = (status: number, error: string) => json(status, { error });
const nothing =
  (status: number): Script =>
  (response) =>
    response.writeHead(status).end();

describe('Publishing on Mastodon', () => {
  const mastodon = useScriptedMastodon();

  async function outcomeOf(...steps: Script[]): Promise<Outcome> {
    mastodon.play(...steps);
    return mastodon.platform.publish(KEYS, post);
  }

  it('sends the text under its key to the account’s own server', async () => {
    expect(await outcomeOf(json(200, aStatus()))).to.deep.equal({
      kind: 'accepted',
      remoteId: '99',
      remoteUrl: 'https://social.example/@comehome/99',
    });
    const [request] = mastodon.seen;
    expect(request).to.include({ method: 'POST', host: 'social.example', path: '/api/v1/statuses' });
    expect(request?.authorization).to.equal('Bearer access-token-canary');
    expect(request?.headers['idempotency-key']).to.equal('delivery-1');
    expect(JSON.parse(request?.body ?? '')).to.deep.equal({
      status: post.text,
      visibility: 'public',
      language: 'en',
    });
  });

  it('links to the server’s web page when the answer has no address, or one that is none', async () => {
    for (const url of [null, undefined, 'javascript:alert(1)', 7]) {
      expect(await outcomeOf(json(200, aStatus({ url })))).to.have.property(
        'remoteUrl',
        'https://social.example/web/statuses/99',
      );
    }
  });

  it('takes a refusal at its status, whether it comes as JSON, as a page or with nothing', async () => {
    for (const status of [400, 403, 404, 413, 422]) {
      expect(await outcomeOf(refusal(status, 'Validation failed: Text is too long'))).to.deep.equal({
        kind: 'refused',
        detail: `Mastodon answered ${status}: Validation failed: Text is too long`,
      });
      expect((await outcomeOf(html(status))).kind, String(status)).to.equal('refused');
      expect(await outcomeOf(nothing(status))).to.deep.equal({
        kind: 'refused',
        detail: `Mastodon answered ${status} without a reason.`,
      });
    }
  });

  it('calls every server error, redirect, 408 and 409 unknown', async () => {
    for (const status of [301, 307, 408, 409, 418, 500, 502, 503, 504]) {
      for (const script of [refusal(status, 'Later'), html(status), nothing(status)]) {
        expect((await outcomeOf(script)).kind, String(status)).to.equal('unknown');
      }
    }
  });

  it('follows no redirect', async () => {
    const away: Script = (response) =>
      response.writeHead(307, { location: 'https://evil.example/api/v1/statuses' }).end();
    await outcomeOf(away);
    expect(mastodon.seen).to.have.length(1);
  });

  it('holds the account when the access is the problem', async () => {
    expect((await outcomeOf(refusal(401, 'The access token is invalid'))).kind).to.equal('unauthorised');
    expect((await outcomeOf(html(401))).kind).to.equal('unauthorised');
    for (const [status, error] of [
      [403, 'This action is outside the authorized scopes'],
      [403, 'Your login is currently disabled'],
      [422, 'This method requires an authenticated user'],
    ] as const) {
      expect((await outcomeOf(refusal(status, error))).kind, error).to.equal('unauthorised');
    }
    for (const broken of [
      {},
      { accessToken: 'a' },
      { instance: '127.0.0.1', accessToken: 'a' },
      { instance: 'social.example/evil', accessToken: 'a' },
      { instance: 'me@social.example', accessToken: 'a' },
    ]) {
      mastodon.seen.length = 0;
      expect((await mastodon.platform.publish(broken, post)).kind).to.equal('unauthorised');
      expect(mastodon.seen).to.be.empty;
    }
  });

  it('obeys the reset time of a limit, in either form, and waits five minutes when none is named', async () => {
    const inNine = new Date('2014-10-14T07:09:00Z');
    for (const headers of [
      { 'x-ratelimit-reset': '2014-10-14T07:09:00.000000Z' },
      { 'retry-after': '540' },
      { 'x-ratelimit-reset': 'soon', 'retry-after': '540' },
    ]) {
      expect(await outcomeOf(json(429, { error: 'Too many requests' }, headers))).to.deep.include({
        kind: 'limited',
        retryAt: inNine,
      });
    }
    const none = { kind: 'limited', retryAt: new Date(NOW.getTime() + 5 * 60_000) };
    expect(await outcomeOf(html(429))).to.deep.include(none);
    const absurd = json(429, {}, { 'x-ratelimit-reset': '2064-01-01T00:00:00Z' });
    expect(await outcomeOf(absurd)).to.deep.include(none);
  });

  it('does not know what became of a post when the answer is late, lost, cut or meaningless', async () => {
    expect(await outcomeOf(() => undefined)).to.deep.equal({
      kind: 'unknown',
      detail: 'Mastodon gave no answer (no answer within 300 ms).',
    });
    expect(await outcomeOf((response) => response.socket?.resetAndDestroy())).to.deep.equal({
      kind: 'unknown',
      detail: 'Mastodon gave no answer (ECONNRESET).',
    });
    const cut = await outcomeOf((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '60' });
      response.write('{"id":"9');
      setImmediate(() => response.socket?.destroy());
    });
    expect(cut).to.deep.equal({
      kind: 'unknown',
      detail: 'Mastodon answered 200, but the answer broke off.',
    });
    for (const script of [json(200, { ok: true }), html(200), nothing(200), json(202, [])]) {
      expect((await outcomeOf(script)).kind).to.equal('unknown');
    }
  });

  it('stops reading an answer that does not end', async () => {
    const endless: Script = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(256 * 1024, 'a');
      const write = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    };
    expect((await outcomeOf(endless)).kind).to.equal('unknown');
  });

  it('never repeats a secret that the server quotes', async () => {
    const outcome = await outcomeOf(refusal(422, 'access-token-canary is odd'));
    expect(outcome).to.have.property('detail', 'Mastodon answered 422: [redacted] is odd');
  });

  it('stops waiting when it is told to stop', async () => {
    mastodon.play(() => undefined);
    const stop = new AbortController();
    const publishing = mastodon.platform.publish(KEYS, { ...post, signal: stop.signal });
    stop.abort();
    expect(['unknown', 'not-sent']).to.include((await publishing).kind);
  });

  describe('images', () => {
    const images = [{ bytes: Buffer.from('image'), mimeType: 'image/webp', altText: 'A door' }];
    const prepare = () => mastodon.platform.prepare?.(KEYS, { ...post, images });

    it('are not forgotten: without their ids nothing is sent', async () => {
      expect((await mastodon.platform.publish(KEYS, { ...post, images })).kind).to.equal('not-sent');
      expect(mastodon.seen).to.be.empty;
    });

    it('wait for a server that prepares them later, and no longer than a person would', async () => {
      const later = json(202, { id: '5', url: null, description: 'A door' });
      const soon = json(206, { id: '5', url: null, description: 'A door' });
      mastodon.play(later, soon, soon, json(200, { id: '5', url: 'https://u', description: 'A door' }));
      expect(await prepare()).to.include({ kind: 'prepared', prepared: '{"mediaIds":["5"]}' });
      expect(mastodon.seen.map(({ path }) => path)).to.deep.equal([
        '/api/v2/media',
        '/api/v1/media/5',
        '/api/v1/media/5',
        '/api/v1/media/5',
      ]);
      mastodon.play(later, soon);
      expect(await prepare()).to.have.property('kind', 'not-sent');
    });

    it('tell a server their alt text again that passed it over, and go nowhere without it', async () => {
      const without = json(200, { id: '5', description: null });
      mastodon.play(without, json(200, { id: '5', description: 'A door' }));
      expect(await prepare()).to.have.property('kind', 'prepared');
      expect(mastodon.seen[1]).to.include({ method: 'PUT', path: '/api/v1/media/5' });
      expect(mastodon.seen[1]?.contentType).to.match(/^multipart\/form-data/);
      expect(mastodon.seen[1]?.body).to.match(/name="description"\r\n\r\nA door\r\n/);
      mastodon.play(without);
      expect(await prepare()).to.have.property('kind', 'refused');
    });
  });
});
