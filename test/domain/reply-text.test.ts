import { expect } from 'chai';
import { withoutIdentity } from '../../server/domain/reply-text.ts';

describe('The text of a reply without identity', () => {
  const texts: readonly [string, string, string][] = [
    ['a handle', '@comehome_eu my brother left', '[handle] my brother left'],
    ['a handle in full-width signs', 'ask ＠someone', 'ask [handle]'],
    ['a handle in another script', 'اسأل @سلام', 'اسأل [handle]'],
    ['a handle with its server', 'ask @sam@social.example', 'ask [handle]'],
    ['an e-mail address', 'write to a.b+c@mail.example please', 'write to [e-mail] please'],
    ['a web address', 'see https://t.co/aB3?x=1 now', 'see [link] now'],
    ['an address without its beginning', 'I am on instagram.com/sam.b', 'I am on [link]'],
    ['an invitation', 't.me/joinchat/xyz', '[link]'],
    ['a domain', 'look at example.org.', 'look at [link].'],
    ['a telephone number', 'call +32 (0)470 12 34 56 tonight', 'call [number] tonight'],
    ['Arabic digits', 'رقمي ٠٤٧٠ ١٢ ٣٤ ٥٦', 'رقمي [number]'],
  ];
  for (const [what, given, expected] of texts) {
    it(`leaves out ${what}`, () => expect(withoutIdentity(given)).to.equal(expected));
  }

  it('leaves the rest as it was written', () => {
    const text = 'He left.He was 17, in 2013. We are 3 at home… « pourquoi ? » لماذا؟';
    expect(withoutIdentity(text)).to.equal(text);
  });

  it('changes nothing the second time', () => {
    for (const [, given] of texts) {
      const once = withoutIdentity(given);
      expect(withoutIdentity(once)).to.equal(once);
    }
  });
});
