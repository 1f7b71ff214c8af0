import { connect, createServer } from 'node:net';
import { expect } from 'chai';
import type { Outcome } from '../../../server/platforms/platform.ts';
import { RehearsalAgent } from '../../../server/platforms/rehearsal-agent.ts';
import { openX } from '../../../server/platforms/x/open.ts';
import { html, json } from '../scripted.ts';
import { KEYS, NOW, problem, useScriptedX } from './scripted-x.ts';

const post = { text: 'You can still call. 24 h.', language: 'en', deliveryKey: 'delivery-1' };
const seconds = (iso: string) => String(Date.parse(iso) / 1000);

describe('Publishing on X', () => {
  const x = useScriptedX();
  const publish = (more: Partial<typeof post> & { signal?: AbortSignal } = {}) =>
    x.platform.publish(KEYS, { ...post, ...more });

  async function outcomeOf(...steps: Parameters<typeof x.play>): Promise<Outcome> {
    x.play(...steps);
    return publish();
  }

  it('sends the text and nothing else, signed, to the real address', async () => {
    expect(await outcomeOf(json(201, { data: { id: '99', text: post.text } }))).to.deep.equal({
      kind: 'accepted',
      remoteId: '99',
      remoteUrl: 'https://x.com/i/web/status/99',
    });
    const [request] = x.seen;
    expect(request).to.include({ method: 'POST', path: '/2/tweets' });
    expect(JSON.parse(request?.body ?? '')).to.deep.equal({ text: post.text });
    expect(request?.authorization).to.match(/^OAuth .*oauth_signature=/);
  });

  it('labels a text that a machine wrote', async () => {
    x.play(json(201, { data: { id: '99', text: post.text } }));
    await x.platform.publish(KEYS, { ...post, origin: 'ai-generated' });
    await x.platform.publish(KEYS, { ...post, origin: 'human' });
    expect(x.seen.map(({ body }) => JSON.parse(body).made_with_ai)).to.deep.equal([true, undefined]);
  });

  it('takes the network at its word when it refuses', async () => {
    for (const status of [400, 403, 404, 413, 422]) {
      const outcome = await outcomeOf(problem(status, 'Your post is too long.'));
      expect(outcome).to.deep.equal({
        kind: 'refused',
        detail: `X answered ${status}: Your post is too long.`,
      });
    }
  });

  it('does not take the word of a page that is not the network’s own', async () => {
    for (const status of [400, 403, 404, 413, 500, 502, 503]) {
      expect((await outcomeOf(html(status))).kind, String(status)).to.equal('unknown');
    }
  });

  it('takes a duplicate refusal for evidence, not for proof', async () => {
    const outcome = await outcomeOf(
      problem(403, 'You are not allowed to create a Tweet with duplicate content.'),
    );
    expect(outcome.kind).to.equal('unknown');
    expect(outcome).to.have.property('detail').that.includes('duplicate content');
  });

  it('calls every server error, 408 and 409 unknown', async () => {
    for (const status of [408, 409, 500, 502, 503, 504]) {
      expect((await outcomeOf(problem(status, 'Later'))).kind, String(status)).to.equal('unknown');
    }
  });

  it('holds the account when the access is the problem', async () => {
    expect((await outcomeOf(problem(401, 'Unauthorized'))).kind).to.equal('unauthorised');
    const type = 'https://api.twitter.com/2/problems/oauth1-permissions';
    expect((await outcomeOf(problem(403, 'Read only', { type }))).kind).to.equal('unauthorised');
    expect((await x.platform.publish({ appKey: 'half' }, post)).kind).to.equal('unauthorised');
  });

  it('obeys the reset time of a short limit', async () => {
    const headers = {
      'x-rate-limit-limit': '100',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': seconds('2014-10-14T07:09:00Z'),
    };
    const outcome = await outcomeOf(json(429, { title: 'Too Many Requests' }, headers));
    expect(outcome).to.deep.include({
      kind: 'limited',
      allowance: 'short',
      retryAt: new Date('2014-10-14T07:09:00Z'),
    });
  });

  it('waits for the day when the day is used up', async () => {
    const headers = {
      'x-rate-limit-reset': seconds('2014-10-14T07:09:00Z'),
      'x-app-limit-24hour-remaining': '0',
      'x-app-limit-24hour-reset': seconds('2014-10-14T21:00:00Z'),
    };
    const outcome = await outcomeOf(json(429, { title: 'Too Many Requests' }, headers));
    expect(outcome).to.deep.include({ allowance: 'day', retryAt: new Date('2014-10-14T21:00:00Z') });
  });

  it('tells a used-up month and a missing payment apart from both', async () => {
    const month = await outcomeOf(problem(429, 'Usage cap exceeded: Monthly', { period: 'Monthly' }));
    expect(month).to.deep.include({ allowance: 'month', retryAt: new Date('2014-11-01T00:00:00Z') });
    const payment = await outcomeOf(problem(402, 'No credits'));
    expect(payment).to.deep.include({ allowance: 'payment', retryAt: new Date('2014-10-14T08:00:00Z') });
  });

  it('waits a quarter of an hour when a limit names no time', async () => {
    const outcome = await outcomeOf(html(429));
    expect(outcome).to.deep.include({ allowance: 'short', retryAt: new Date(NOW.getTime() + 15 * 60_000) });
  });

  it('does not know what became of a post when the answer is late, lost, cut or meaningless', async () => {
    const late = await outcomeOf(() => undefined);
    expect(late).to.deep.equal({ kind: 'unknown', detail: 'X gave no answer (no answer within 300 ms).' });
    const lost = await outcomeOf((response) => response.socket?.resetAndDestroy());
    expect(lost).to.deep.equal({ kind: 'unknown', detail: 'X gave no answer (ECONNRESET).' });
    const cut = await outcomeOf((response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '60' });
      response.write('{"data":{"id":"9');
      setImmediate(() => response.socket?.destroy());
    });
    expect(cut).to.deep.equal({ kind: 'unknown', detail: 'X answered 201, but the answer broke off.' });
    const dripping = await outcomeOf((response) => {
      response.writeHead(201, { 'content-type': 'application/json' }).write('{"data":');
    });
    expect(dripping.kind).to.equal('unknown');
    expect((await outcomeOf(json(201, { ok: true }))).kind).to.equal('unknown');
    expect((await outcomeOf(html(200))).kind).to.equal('unknown');
    const redirected = await outcomeOf((response) => response.writeHead(302, { location: '/' }).end());
    expect(redirected.kind).to.equal('unknown');
  });

  it('is certain that nothing left when no connection came about', async () => {
    const closed = await closedPort();
    const unreachable = openX({ agent: new RehearsalAgent(`http://127.0.0.1:${closed}`) });
    expect(await unreachable.publish(KEYS, post)).to.deep.equal({
      kind: 'not-sent',
      detail: 'X could not be reached (ECONNREFUSED).',
    });
    expect(await publish({ signal: AbortSignal.abort() })).to.have.property('kind', 'not-sent');
    expect(x.seen).to.have.length(0);
  });

  it('is certain that nothing left when encryption does not come about', async () => {
    const plain = createServer((socket) => socket.end('this is not TLS'));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as { port: number };
    const { Agent } = await import('node:https');
    const agent = new Agent({ host: '127.0.0.1', port, keepAlive: false });
    agent.createConnection = function misdirected(options, callback) {
      const socket = connect(port, '127.0.0.1');
      return Agent.prototype.createConnection.call(this, { ...options, socket }, callback);
    };
    const outcome = await openX({ agent, timeoutMs: 2000 }).publish(KEYS, post);
    plain.close();
    expect(outcome.kind).to.equal('not-sent');
  });

  it('stops waiting when it is told to stop', async () => {
    const stop = new AbortController();
    x.play(() => stop.abort());
    expect(await publish({ signal: stop.signal })).to.have.property('kind', 'unknown');
  });

  it('never repeats a secret that the network quotes', async () => {
    const quoting = `Bad signature for ${KEYS.accessToken} and ${KEYS.accessSecret}`;
    const outcome = await outcomeOf(problem(401, quoting));
    expect(JSON.stringify(outcome)).not.to.contain('canary');
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
