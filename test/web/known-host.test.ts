import { hostname } from 'node:os';
import { expect } from 'chai';
import request from 'supertest';
import { readConfig } from '../../server/config.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { openWeb } from '../support/web.ts';

describe('The name that a browser asks for', () => {
  useDatabase();
  const web = openWeb();
  const published = openWeb(
    testContext({ config: readConfig({ LOG_LEVEL: 'silent', PUBLIC_URL: 'https://rejoinder.example.org' }) }),
  );

  const statusUnder = async (host: string, { app } = web) =>
    (await request(app).get('/session/new').set('Host', host).set('Accept', 'text/html')).status;

  for (const host of [
    '127.0.0.1:3000',
    'localhost:3000',
    'LOCALHOST',
    '[::1]:3000',
    '192.0.2.7',
    hostname(),
  ]) {
    it(`may be ${host}`, async () => {
      expect(await statusUnder(host)).not.to.equal(421);
    });
  }

  for (const host of [
    'attacker.example',
    'localhost.attacker.example:3000',
    '127.0.0.1.attacker.example',
    'xn--localhost',
  ]) {
    it(`may not be ${host}, which somebody pointed here`, async () => {
      expect(await statusUnder(host)).to.equal(421);
    });
  }

  it('may be the public one, and says what to do otherwise', async () => {
    expect(await statusUnder('rejoinder.example.org', published)).not.to.equal(421);
    const other = await request(published.app).get('/').set('Host', 'other.example.org');
    expect(other.status).to.equal(421);
    expect(other.text).to.include('PUBLIC_URL');
  });
});
