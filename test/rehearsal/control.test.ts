import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect } from 'chai';
import { startRehearsal } from '../../server/rehearsal/start.ts';
import { errorOf, useRehearsal } from './support.ts';

describe('the rehearsal X: control over HTTP', () => {
  const rehearsal = useRehearsal();

  async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const asked = request({
      port: rehearsal.current.port,
      host: '127.0.0.1',
      method,
      path: `/rehearsal/x${path}`,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    });
    asked.end(body ? JSON.stringify(body) : undefined);
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const text = Buffer.concat((await response.toArray()) as Buffer[]).toString();
    const isJson = /json/.test(response.headers['content-type'] ?? '');
    return { status: response.statusCode, body: isJson ? JSON.parse(text) : text };
  }

  it('does all that can be done in the process itself', async () => {
    const opened = await call('POST', '/accounts', {
      username: 'comehome_eu',
      name: 'Come Home',
      automatedBy: 'sam',
    });
    expect(opened.status).to.equal(201);
    expect(
      (await call('POST', '/accounts', { username: 'comehome_eu', name: 'Come Home' })).body,
    ).to.deep.equal(opened.body);
    expect((await call('GET', '/app')).body).to.include.keys('clientId', 'clientSecret');
    const posted = await call('POST', '/posts', {
      username: 'comehome_eu',
      text: 'In October',
      createdAt: '2014-10-14T09:00:00Z',
    });
    expect(posted.status).to.equal(201);
    const ledger = await call('GET', '/ledger');
    expect(ledger.body.posts[0]).to.include({
      id: posted.body.id,
      createdAt: '2014-10-14T09:00:00.000Z',
      isBackdated: true,
    });
    expect((await call('GET', '/ledger?username=nobody')).body.posts).to.deep.equal([]);
    expect(
      (await call('PUT', '/faults', { faults: [{ kind: 'reset', endpoint: 'createTweet' }] })).status,
    ).to.equal(204);
    expect((await call('DELETE', '/faults')).status).to.equal(204);
    expect((await call('PUT', '/speed', { speed: 600 })).status).to.equal(204);
    expect((await call('PUT', '/limits', { duplicateWindowMinutes: 0 })).status).to.equal(204);
    expect((await call('PUT', '/clock', { now: '2030-01-01T00:00:00Z' })).status).to.equal(204);
    expect((await call('PUT', '/clock', { now: null })).status).to.equal(204);
    expect((await call('DELETE', '/accounts/comehome_eu')).status).to.equal(204);
    expect((await call('GET', '/accounts')).body.accounts).to.deep.equal([]);
  });

  it('says what is wrong with what it cannot do', async () => {
    for (const [method, path, body] of [
      ['POST', '/accounts', { username: 'not a name', name: 'X' }],
      ['POST', '/accounts', { username: 'settings', name: 'X' }],
      ['PUT', '/faults', { faults: [{ kind: 'earthquake' }] }],
      ['PUT', '/speed', { speed: -1 }],
      ['PUT', '/clock', { now: 'soon' }],
      ['POST', '/posts', { username: 'x', text: 'a'.repeat(281), createdAt: '2014-10-14' }],
    ] as const) {
      const answer = await call(method, path, body);
      expect(answer.status, path).to.equal(422);
      expect(answer.body.detail).to.be.a('string').and.not.equal('');
    }
    const noAccount = await call('POST', '/posts', {
      username: 'nobody',
      text: 'Hi',
      createdAt: '2014-10-14',
    });
    expect(noAccount.status).to.equal(409);
    expect(noAccount.body.detail).to.contain('nobody');
  });

  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://localhost:3000' },
    { origin: 'null' },
  ]) {
    it(`refuses a page of another site: ${JSON.stringify(headers)}`, async () => {
      expect((await call('PUT', '/speed', { speed: 600 }, headers)).status).to.equal(403);
      expect((await call('GET', '/ledger', undefined, headers)).status).to.equal(403);
    });
  }

  it('answers to this machine by name only', async () => {
    expect((await call('GET', '/ledger', undefined, { host: 'evil.example' })).status).to.equal(421);
    expect((await call('GET', '/ledger', undefined, { host: 'api.x.com' })).status).to.equal(421);
    expect((await call('GET', '/ledger', undefined, { host: 'localhost:3001' })).status).to.equal(200);
    const error = await errorOf(startRehearsal({ dataDir: rehearsal.dataDir, host: '0.0.0.0' }));
    expect(error.message).to.contain('this machine only');
  });

  it('leaves the journal alone when its port is taken', async () => {
    const error = await errorOf(startRehearsal({ dataDir: rehearsal.dataDir, port: rehearsal.current.port }));
    expect(error.code).to.equal('EADDRINUSE');
  });
});
