import { expect } from 'chai';
import { readConfig } from '../server/config.ts';

describe('Settings', () => {
  it('let another program on this machine take a stand-in’s place', () => {
    const { rehearsalUrls } = readConfig({ REHEARSAL_MASTODON_URL: 'http://127.0.0.1:4000/' });
    expect(rehearsalUrls).to.deep.equal({
      x: undefined,
      mastodon: 'http://127.0.0.1:4000',
      bluesky: undefined,
    });
    expect(readConfig({ REHEARSAL_BLUESKY_URL: 'http://[::1]:4000' }).rehearsalUrls.bluesky).to.equal(
      'http://[::1]:4000',
    );
  });

  it('never send the rehearsal to another machine', () => {
    for (const address of [
      'http://192.168.1.7:4000',
      'https://mastodon.example',
      'http://localhost.evil.example',
    ]) {
      expect(() => readConfig({ REHEARSAL_X_URL: address }), address).to.throw(/REHEARSAL_X_URL/);
    }
  });
});
