import { expect } from 'chai';
import { RuleViolation } from '../../server/domain/rule-violation.ts';
import { cleanTags, KNOWN_TAGS, nameOfTag } from '../../server/domain/tag.ts';

const ruleOf = (tags: string[]): string => {
  try {
    cleanTags(tags);
  } catch (error) {
    if (error instanceof RuleViolation) return error.rule;
    throw error;
  }
  return '';
};

describe('tags', () => {
  it('are kept once each, in small letters, without odd spaces', () => {
    expect(cleanTags(['  Family ', 'family', 'ways   home', ''])).to.deep.equal(['family', 'ways home']);
  });

  it('of a vocabulary are spelt as it spells them', () => {
    expect(cleanTags(['c00211', 'TLP:Amber', 'information-origin:ai-generated'])).to.deep.equal([
      'C00211',
      'tlp:amber',
      'information-origin:AI-generated',
    ]);
    expect(nameOfTag('C00125')).to.equal('Prebunking');
    expect(nameOfTag('family')).to.equal(null);
  });

  it('of a vocabulary are all acceptable', () => {
    const tags = KNOWN_TAGS.map(({ tag }) => tag);
    for (const tag of tags) expect(cleanTags([tag])).to.deep.equal([tag]);
  });

  it('that a closed vocabulary does not have are refused', () => {
    expect(ruleOf(['tlp:purple'])).to.equal('tag-not-in-vocabulary');
    expect(ruleOf(['information-origin:parrot'])).to.equal('tag-not-in-vocabulary');
  });

  it('refuse to pick people one by one or to push others down (DISARM C00136, C00117)', () => {
    expect(ruleOf(['C00136'])).to.equal('tag-microtargeting');
    expect(ruleOf(['c00117'])).to.equal('tag-deamplifying');
  });

  for (const tag of [
    '@somebody',
    'at @some.body',
    'someone@example.org',
    'https://example.org/someone',
    'example.org/someone',
    'www.example.org',
    '+32 470 12 34 56',
    '٠٤٧٠ ١٢ ٣٤ ٥٦',
    '＠somebody',
    'https：／／example.org',
  ]) {
    it(`rule 6: never lead to a person, as ${tag} does`, () => {
      expect(ruleOf([tag])).to.equal('tag-names-a-person');
    });
  }

  it('may be in any script and hold a year', () => {
    expect(cleanTags(['الأسرة', 'été 2014', 'covid-19'])).to.deep.equal(['الأسرة', 'été 2014', 'covid-19']);
  });

  it('are few and short', () => {
    expect(ruleOf(Array.from({ length: 21 }, (_, number) => `tag ${number}`))).to.equal('too-many-tags');
    expect(ruleOf(['x'.repeat(61)])).to.equal('tag-too-long');
  });
});
