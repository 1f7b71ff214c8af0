import { expect } from 'chai';
import { isPublic, lookupPublic } from '../../server/platforms/public-lookup.ts';

describe('A server that a person named', () => {
  for (const address of [
    ...['127.0.0.1', '10.0.0.1', '172.16.3.4', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1', '240.0.0.1'],
    ...['::1', '::', 'fe80::1', 'fd00::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1'],
    ...['2002:a00:1::', '2001:db8::1', 'not an address', ''],
  ]) {
    it(`is not reached at ${address || 'nothing'}`, () => expect(isPublic(address)).to.equal(false));
  }

  for (const address of ['8.8.8.8', '93.184.216.34', '2a00:1450:4001::1']) {
    it(`is reached at ${address}`, () => expect(isPublic(address)).to.equal(true));
  }

  it('is not connected to when its name leads to this machine', async () => {
    const code = await new Promise((resolve) => {
      lookupPublic('localhost', { all: true }, (error) => resolve(error?.code));
    });
    expect(code).to.equal('ENOTPUBLIC');
  });
});
