import { expect } from 'chai';
import fc from 'fast-check';
import { isSubstantiallySimilar, similarity } from '../../server/domain/similarity.ts';

const mothers = 'Three mothers, one question: who told our children it was a holiday? Call us.';

describe('similarity', () => {
  it('ignores links, hashtags, mentions, case, accents and punctuation', () => {
    const dressed =
      'THREE mothers — one question: who told our children it was a holiday?! Call us… https://example.org/x #help @someone';
    expect(similarity(mothers, dressed)).to.equal(1);
  });

  it('calls a text with a few words exchanged substantially similar', () => {
    const changed = 'Three mothers, one question: who told our sons it was a holiday? Call us now.';
    expect(isSubstantiallySimilar(mothers, changed)).to.equal(true);
  });

  it('does not call two texts on the same subject similar', () => {
    const other = 'You can still call. Day and night somebody listens, in French, English and Arabic.';
    expect(isSubstantiallySimilar(mothers, other)).to.equal(false);
  });

  it('does not call a translation similar', () => {
    const french =
      'Trois mères, une question : qui a dit à nos enfants que c’étaient des vacances ? Appelez-nous.';
    expect(isSubstantiallySimilar(mothers, french)).to.equal(false);
  });

  it('compares Arabic with and without vowel marks as the same', () => {
    expect(similarity('أَحْبَبْنَاهُ كَثِيرًا', 'أحببناه كثيرا')).to.equal(1);
  });

  it('is symmetric, between 0 and 1, and 1 for the same text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const value = similarity(a, b);
        expect(value).to.equal(similarity(b, a));
        expect(value).to.be.within(0, 1);
        expect(similarity(a, a)).to.equal(1);
      }),
    );
  });
});
