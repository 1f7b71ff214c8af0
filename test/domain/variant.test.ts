import { expect } from 'chai';
import type { Variant } from '../../server/domain/message.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';
import {
  assertDifferentTexts,
  assertNoStrangers,
  carriesOriginLabel,
  directionOf,
  isInDirection,
  languageTag,
  linksIn,
  mentionsIn,
} from '../../server/domain/variant.ts';

let number = 0;
function variant(fields: Partial<Variant> = {}): Variant {
  number += 1;
  return {
    _id: `v${number}`,
    network: 'x',
    language: 'en',
    text: 'You can still call.',
    accounts: [],
    ...fields,
  };
}

describe('rule 4: no unsolicited @mention', () => {
  it('finds handles, full-width and Mastodon ones too, and no e-mail address', () => {
    expect(
      mentionsIn('Hello @someone, ＠other and @a.b@example.org; write to help@example.org'),
    ).to.deep.equal(['someone', 'other', 'a.b@example.org']);
  });

  it('refuses a text that speaks to a stranger, and says whom', () => {
    expect(() => assertNoStrangers([variant({ text: 'Read this @stranger' })], ['comehome_eu']))
      .to.throw(RuleViolation)
      .that.includes({ rule: 'unsolicited-mention' })
      .with.property('values')
      .that.deep.equals({ mention: '@stranger' });
  });

  for (const text of ['.@stranger', 'Ask -@stranger', 'اسألوا و@stranger', '@@stranger', 'é@stranger']) {
    it(`refuses ${text}, which a network takes for a mention`, () => {
      expect(() => assertNoStrangers([variant({ text })], ['comehome_eu']))
        .to.throw(RuleViolation)
        .with.property('rule', 'unsolicited-mention');
    });
  }

  it('tells an own account from somebody of the same name on another server', () => {
    const own = ['comehome@social.example'];
    for (const text of ['@comehome', 'Follow @comehome@social.example.']) {
      expect(() => assertNoStrangers([variant({ text })], own)).not.to.throw();
    }
    expect(() => assertNoStrangers([variant({ text: '@comehome@elsewhere.example' })], own))
      .to.throw(RuleViolation)
      .with.property('values')
      .that.deep.equals({ mention: '@comehome@elsewhere.example' });
  });

  it('lets the organisation name its own accounts, whatever the case', () => {
    expect(() =>
      assertNoStrangers([variant({ text: 'Follow @ComeHome_EU' })], ['comehome_eu']),
    ).not.to.throw();
  });
});

describe('rule 5: the same text is not posted to several accounts of one network', () => {
  const text = 'Three mothers, one question: who told our children it was a holiday?';

  it('refuses one text for two accounts', () => {
    expect(() => assertDifferentTexts([variant({ accounts: ['a', 'b'] })]))
      .to.throw(RuleViolation)
      .with.property('rule', 'same-text-two-accounts');
  });

  it('refuses two similar texts on two accounts of one network', () => {
    const other = `${text} https://example.org/help #comehome`;
    expect(() =>
      assertDifferentTexts([variant({ text, accounts: ['a'] }), variant({ text: other, accounts: ['b'] })]),
    )
      .to.throw(RuleViolation)
      .with.property('rule', 'same-text-two-accounts');
  });

  it('allows the same text on two networks, and different texts on two accounts', () => {
    const elsewhere = variant({ text, network: 'mastodon', accounts: ['b'] });
    const different = variant({
      text: 'You can still call, day and night, in three languages.',
      accounts: ['c'],
    });
    expect(() =>
      assertDifferentTexts([variant({ text, accounts: ['a'] }), elsewhere, different]),
    ).not.to.throw();
  });
});

describe('rule 4: a text carries the label that its origin demands', () => {
  it('asks a label of what a machine wrote or may have written, in any of the three languages', () => {
    expect(carriesOriginLabel('You can still call.', 'ai-generated')).to.equal(false);
    expect(carriesOriginLabel('You can still call.', 'uncertain')).to.equal(false);
    for (const text of [
      'You can still call. #AI',
      'Text AI-generated',
      'Texte rédigé avec l’IA',
      'نص مولّد بالذكاء الاصطناعي',
    ])
      expect(carriesOriginLabel(text, 'ai-generated'), text).to.equal(true);
  });

  it('asks none of people, nor of assistance that a named person edited (AI Act 50(4))', () => {
    expect(carriesOriginLabel('You can still call.', 'human')).to.equal(true);
    expect(carriesOriginLabel('You can still call.', 'ai-assisted')).to.equal(true);
  });

  it('does not take #Aid for a label', () => {
    expect(carriesOriginLabel('Give to #Aid', 'ai-generated')).to.equal(false);
  });
});

describe('language and direction of a text', () => {
  it('knows tags, and says when one is none', () => {
    expect(languageTag('fr-be')).to.equal('fr-BE');
    expect(languageTag('not a tag')).to.equal(null);
    expect(languageTag('')).to.equal(null);
  });

  it('takes the direction from script and language', () => {
    expect([
      directionOf('ar'),
      directionOf('ar-Latn'),
      directionOf('az-Arab'),
      directionOf('fr'),
    ]).to.deep.equal(['rtl', 'ltr', 'rtl', 'ltr']);
  });

  it('notices a text in the wrong direction, without being misled by links', () => {
    expect(
      isInDirection('يمكنك الاتصال https://example.org/a-very-long-address-in-latin-letters', 'ar'),
    ).to.equal(true);
    expect(isInDirection('You can call', 'ar')).to.equal(false);
    expect(isInDirection('يمكنك الاتصال', 'fr')).to.equal(false);
    expect(isInDirection('24/7!', 'ar')).to.equal(true);
  });

  it('finds links as a network would, without the full stop behind them', () => {
    expect(
      linksIn(
        'Call (https://example.org/help). Or www.example.net, example.com/x, example.eu. Not me@example.org.',
      ),
    ).to.deep.equal(['https://example.org/help', 'www.example.net', 'example.com/x', 'example.eu']);
  });
});
