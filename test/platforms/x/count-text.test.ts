import { expect } from 'chai';
import { countText } from '../../../server/platforms/x/count-text.ts';

describe('Counting a text as X does', () => {
  const counts: readonly [string, string, number][] = [
    ['a Latin letter', 'a', 1],
    ['an accented letter, composed or not', 'e\u0301', 1],
    ['an Arabic letter', 'س', 1],
    ['a Chinese character', '文', 2],
    ['an address, however long', 'https://example.org/a/very/long/path/that/goes/on/and/on/for/ever', 23],
    ['a family', '👨‍👩‍👧‍👦', 2],
    ['a flag', '🇧🇪', 2],
    ['a handshake of two skin tones', '🫱🏻‍🫲🏿', 2],
    ['a phoenix', '🐦‍🔥', 2],
    ['a kiss of two skin tones', '👩🏽‍❤️‍💋‍👩🏿', 2],
    ['a nodding head', '🙂‍↔️', 2],
    ['a key cap', '1️⃣', 2],
  ];
  for (const [what, text, length] of counts) {
    it(`counts ${length} for ${what}`, () => expect(countText(text).length).to.equal(length));
  }

  it('admits 280 and not one more', () => {
    expect(countText('a'.repeat(280)).isWithin).to.equal(true);
    expect(countText('a'.repeat(281))).to.deep.equal({ length: 281, limit: 280, isWithin: false });
    expect(countText('🐦‍🔥'.repeat(140)).isWithin).to.equal(true);
  });
});
