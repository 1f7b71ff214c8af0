import { expect } from 'chai';
import { countText } from '../../../server/platforms/mastodon/count-text.ts';

const none = { text: null, link: null, images: null, imageBytes: null, altText: null };

describe('Counting a text as Mastodon does', () => {
  const counts: readonly [string, string, number][] = [
    ['a Latin letter', 'a', 1],
    ['an accented letter, composed or not', 'e\u0301', 1],
    ['a Chinese character', '文', 1],
    ['an Arabic letter with its vowel sign', 'سَ', 1],
    ['a family', '👨‍👩‍👧‍👦', 1],
    ['a handshake of two skin tones', '🫱🏻‍🫲🏿', 1],
    ['an address, however long', 'https://example.org/a/very/long/path/that/goes/on/and/on/for/ever', 23],
    ['an address, however short', 'http://a.io', 23],
    ['a host name without https, letter by letter', 'example.org', 11],
    ['two addresses and what stands between them', 'https://a.org, https://b.org', 48],
    ['a name on this server', '@comehome', 9],
    ['a name on another server, without that server', '@comehome@a.very.long.server.example', 9],
    ['an e-mail address as it is', 'office@social.example', 21],
    ['a line break', 'a\nb', 3],
  ];
  for (const [what, text, length] of counts) {
    it(`counts ${length} for ${what}`, () => expect(countText(text).length).to.equal(length));
  }

  it('admits 500 and not one more, unless the server allows another number', () => {
    expect(countText('ب'.repeat(500)).isWithin).to.equal(true);
    expect(countText('a'.repeat(501))).to.deep.equal({ length: 501, limit: 500, isWithin: false });
    expect(countText('a'.repeat(501), { ...none, text: 5000 })).to.include({ limit: 5000, isWithin: true });
    expect(countText('https://example.org', { ...none, link: 30 })).to.include({ length: 30, limit: 500 });
  });
});
