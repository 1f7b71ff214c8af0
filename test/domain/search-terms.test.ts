import { expect } from 'chai';
import { searchTerms } from '../../server/domain/search-terms.ts';

describe('Search terms', () => {
  it('are the words of a text, each once, in small letters', () => {
    expect(searchTerms('You can come home. Come home!')).to.deep.equal(['you', 'can', 'come', 'home']);
  });

  it('do not depend on accents or on the letters of an elision', () => {
    expect(searchTerms("L'été à Évry")).to.deep.equal(searchTerms('l’ete a evry'));
  });

  it('do not depend on Arabic vowel signs, stretching or the spelling of alef, yeh and teh marbuta', () => {
    expect(searchTerms('أُسْــرة على')).to.deep.equal(searchTerms('اسره علي'));
  });

  it('find an Arabic word with and without its article and what is written onto it', () => {
    for (const written of ['الأسرة', 'والأسرة', 'بالأسرة', 'للأسرة']) {
      expect(searchTerms(written)).to.deep.equal(searchTerms('أسرة'));
    }
    expect(searchTerms('الله')).not.to.deep.equal(searchTerms('له'));
  });

  it('cut languages without spaces into words', () => {
    expect(searchTerms('回家吧').length).to.be.greaterThan(1);
  });

  it('are none for a text without words', () => {
    expect(searchTerms(' … 👋 !')).to.deep.equal([]);
  });
});
