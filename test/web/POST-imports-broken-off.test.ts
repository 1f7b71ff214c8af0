import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Imports } from '../../server/models/import.ts';
import { ImportChunks } from '../../server/models/import-chunk.ts';
import { formTokenOf } from '../../server/web/middleware/form-token.ts';
import { aMember } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { openWeb, sessionCookie } from '../support/web.ts';

const BOUNDARY = 'boundary';

describe('POST /imports, over a line', function suite() {
  this.timeout(60_000);
  useDatabase();
  const web = openWeb();
  const server = createServer(web.app);
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => server.close());

  /** Begins to send a form with a file, as a browser does. */
  async function sending() {
    const cookie = await sessionCookie(web, await aMember('drafter'));
    const sessionId = /s%3A([\w-]+)\./.exec(cookie)?.[1] ?? '';
    const asked = request({
      ...{
        method: 'POST',
        host: '127.0.0.1',
        port: (server.address() as AddressInfo).port,
        path: '/imports',
      },
      headers: {
        Cookie: cookie,
        Accept: 'text/html',
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      },
    });
    const token = formTokenOf(web.context.vault, sessionId);
    const begin = [
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="_token"\r\n\r\n${token}\r\n`,
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n`,
      'Content-Type: text/csv\r\n\r\ntext\n',
    ].join('');
    asked.write(begin);
    return asked;
  }

  it('keeps nothing of a file that breaks off', async () => {
    const asked = await sending();
    asked.on('error', () => undefined);
    asked.write('Somebody wrote this.\n'.repeat(30_000));
    await until(async () => (await ImportChunks.countDocuments()) > 0, { what: 'a piece of the file' });
    asked.destroy();
    await until(async () => (await ImportChunks.countDocuments()) === 0, { what: 'nothing left of it' });
    expect(await Imports.countDocuments()).to.equal(0);
  });
});
