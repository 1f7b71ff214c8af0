import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { exchangeOverHttps } from '../../server/platforms/https-exchange.ts';
import { RehearsalAgent } from '../../server/platforms/rehearsal-agent.ts';

describe('One request to a server that people named', () => {
  let server: Server;
  let answer: (response: ServerResponse) => void;
  let requests: number;

  before(async () => {
    server = createServer((_request, response) => {
      requests += 1;
      answer(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    requests = 0;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const port = () => (server.address() as AddressInfo).port;
  const ask = (host = 'social.example', agent?: RehearsalAgent) =>
    exchangeOverHttps({
      url: new URL(`https://${host}/`),
      method: 'GET',
      headers: {},
      agent,
      signal: AbortSignal.timeout(5_000),
    });
  const rehearsed = () => ask('social.example', new RehearsalAgent(`http://127.0.0.1:${port()}`));

  it('goes to no address that was written out, not even a public one', async () => {
    answer = (response) => void response.end();
    for (const host of [
      `127.0.0.1:${port()}`,
      `[::1]:${port()}`,
      '93.184.216.34',
      '0x7f000001',
      '2130706433',
    ]) {
      expect(await ask(host), host).to.deep.equal({
        kind: 'silent',
        wasConnected: false,
        reason: 'ENOTPUBLIC',
      });
    }
    expect(await ask(`localhost:${port()}`)).to.deep.include({ kind: 'silent', wasConnected: false });
    expect(requests).to.equal(0);
  });

  it('follows no redirect', async () => {
    answer = (response) => void response.writeHead(302, { location: 'https://elsewhere.example/' }).end();
    expect(await rehearsed()).to.deep.include({ kind: 'whole', status: 302 });
    expect(requests).to.equal(1);
  });

  it('stops reading what does not end', async () => {
    answer = (response) => {
      const more = () => {
        while (response.write(Buffer.alloc(1_000_000)));
        response.once('drain', more);
      };
      more();
    };
    expect(await rehearsed()).to.deep.include({ kind: 'cut', status: 200 });
  });
});
