import { expect } from 'chai';
import { type AssetWords, assertDescribed, assertMayDelete } from '../../server/domain/asset.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

const words: AssetWords = {
  altText: 'A lantern in a window',
  origin: 'human',
  credit: '',
  quotesExtremists: false,
  purpose: '',
};

function ruleOf(act: () => void): [rule: string, field: string | undefined] | null {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error;
    return [error.rule, error.field];
  }
}

describe('rule: an image comes with the words that stand for it', () => {
  it('lets a described image through', () => {
    expect(ruleOf(() => assertDescribed(words))).to.equal(null);
  });

  it('asks for an alt text', () => {
    const mute = { ...words, altText: ' \n' };
    expect(ruleOf(() => assertDescribed(mute))).to.deep.equal(['alt-text-needed', 'altText']);
  });
});

describe('rule 12: quoting extremists needs a purpose', () => {
  it('asks why, and lets a stated purpose through', () => {
    const quoting = { ...words, quotesExtremists: true };
    expect(ruleOf(() => assertDescribed(quoting))).to.deep.equal(['purpose-needed', 'purpose']);
    const explained = { ...quoting, purpose: 'To take the slogan apart' };
    expect(ruleOf(() => assertDescribed(explained))).to.equal(null);
  });
});

describe('rule: an image that somebody decided about stays', () => {
  it('keeps it while a text or a waiting post carries it', () => {
    expect(ruleOf(() => assertMayDelete({ messages: 1, deliveries: 0 }))?.[0]).to.equal('asset-in-use');
    expect(ruleOf(() => assertMayDelete({ messages: 0, deliveries: 1 }))?.[0]).to.equal('asset-in-use');
    expect(ruleOf(() => assertMayDelete({ messages: 0, deliveries: 0 }))).to.equal(null);
  });
});
