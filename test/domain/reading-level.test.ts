import { expect } from 'chai';
import { HARD_FROM, readingLevel } from '../../server/domain/reading-level.ts';

describe('The reading level', () => {
  it('is words per sentence plus the percentage of long words', () => {
    // 16 words in 2 sentences, 2 of them of seven letters or more: 8 + 12.5.
    const text = 'My brother left us in the spring. Nobody told him that he could still come home safely.';
    expect(text.match(/\w+/g)).to.have.length(17);
    expect(readingLevel(text, 'en')).to.equal(Math.round(17 / 2 + (100 * 1) / 17));
  });

  it('tells a plain text from an official one', () => {
    const plain = 'You can call us. We pick up day and night. We do not ask for your name, and we listen.';
    const official =
      'Notwithstanding comprehensive governmental counter-radicalisation programming, stakeholders ' +
      'consistently underestimate psychological consequences of institutional communication strategies.';
    expect(readingLevel(plain, 'en')).to.be.below(HARD_FROM);
    expect(readingLevel(official, 'en')).to.be.at.least(HARD_FROM);
  });

  it('counts sentences only where words are built differently', () => {
    const word = 'وسيتحدثون';
    expect(readingLevel(`${Array(25).fill(word).join(' ')}.`, 'ar')).to.equal(HARD_FROM);
    expect(
      readingLevel(`${Array(5).fill(`${word} ${word} ${word} ${word} ${word}`).join('. ')}.`, 'ar'),
    ).to.equal(10);
  });

  it('says nothing about a short text, and does not count links, mentions and hashtags', () => {
    expect(readingLevel('Call us tonight, we listen.', 'en')).to.equal(null);
    expect(
      readingLevel(`Call us https://example.org/${'a/'.repeat(20)} ${'#home '.repeat(20)}`, 'en'),
    ).to.equal(null);
  });
});
