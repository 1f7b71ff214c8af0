import { expect } from 'chai';
import { withoutSecrets } from '../../server/platforms/unanswered.ts';

describe('The words of a network, before anybody reads them', () => {
  const secret = 'canary/secret+value=';

  it('lose a secret as it is, in an address, and in a header', () => {
    const basic = Buffer.from(`client-1:${secret}`).toString('base64');
    const said = `${secret} or ${encodeURIComponent(secret)} with Basic ${basic} is wrong`;
    expect(withoutSecrets(said, [secret])).to.equal(
      '[redacted] or [redacted] with Basic [redacted] is wrong',
    );
  });

  it('lose a signed header, whose signature opens the account for a while', () => {
    const header =
      'OAuth oauth_consumer_key="k", oauth_nonce="n", oauth_signature="s%3D", oauth_version="1.0"';
    expect(withoutSecrets(`Bad header: ${header} sent`, [])).to.equal('Bad header: [redacted]sent');
  });

  it('keep what is no secret, however long', () => {
    const words = 'did:plc:ujrn3vnqjn74bp7hl2npveiz/app.bsky.feed.post/3n32ghpav3lkz was not found';
    expect(withoutSecrets(words, [secret])).to.equal(words);
  });
});
