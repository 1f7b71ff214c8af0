import { expect } from 'chai';
import { bandsOf } from '../../server/domain/near-duplicate.ts';
import { isSubstantiallySimilar } from '../../server/domain/similarity.ts';
import { shelfText } from '../support/library-shelf.ts';

const meet = (one: string, other: string) => {
  const marks = new Set(bandsOf(one));
  return bandsOf(other).some((mark) => marks.has(mark));
};

describe('The marks of a text', () => {
  it('are the same for the same text, whatever its case, accents, links and hashtags', () => {
    expect(bandsOf('Ma mère m’attend')).to.deep.equal(
      bandsOf('MA MERE, m attend! #home https://example.org'),
    );
  });

  it('are whole numbers that fit in 31 bits', () => {
    for (const mark of bandsOf('أمي تنتظرني في البيت')) {
      expect(Number.isInteger(mark) && mark >= 0 && mark < 2 ** 31).to.equal(true);
    }
  });

  it('are none for a text without letters', () => {
    expect(bandsOf(' … 👋 !')).to.deep.equal([]);
  });

  it('let nearly all substantially similar texts meet', () => {
    const texts = Array.from({ length: 600 }, (_, number) => shelfText(number, 'en'));
    const pairs = texts.flatMap((text, number): [string, string][] => [
      [text, text.replace(/mark\w+/, 'and nothing more')],
      [text, `${text} ${number % 7 === 0 ? 'Call us tonight.' : 'Call.'}`],
    ]);
    const similar = pairs.filter(([one, other]) => isSubstantiallySimilar(one, other));
    expect(similar.length).to.be.greaterThan(1_000);
    const met = similar.filter(([one, other]) => meet(one, other));
    expect(met.length / similar.length).to.be.greaterThan(0.97);
  });

  it('let few unrelated texts meet', () => {
    const english = Array.from({ length: 200 }, (_, number) => shelfText(number, 'en'));
    const french = Array.from({ length: 200 }, (_, number) => shelfText(number, 'fr'));
    const met = english.filter((text, number) => meet(text, french[number] ?? ''));
    expect(met.length / english.length).to.be.below(0.05);
  });
});
