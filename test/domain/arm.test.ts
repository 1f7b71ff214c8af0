import { expect } from 'chai';
import fc from 'fast-check';
import { armChecks, armName, assertOwnArms, nextArm, withArms } from '../../server/domain/arm.ts';
import type { Variant } from '../../server/domain/message.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';
import { assertDifferentTexts } from '../../server/domain/variant.ts';

const QUESTION = 'Three mothers, one question: when did they stop telling us things?';
const OFFER = 'You can still call, day and night. Nobody asks for your name.';

const variant = (fields: Partial<Variant> = {}): Variant => ({
  _id: 'v',
  network: 'x',
  language: 'en',
  text: QUESTION,
  accounts: ['a'],
  ...fields,
});
const armA = variant({ _id: 'a', arm: 'A' });
const armB = variant({ _id: 'b', arm: 'B', text: OFFER });

/** What is said of the last of these texts, as `rule outcome`. */
function saidOf(...variants: Variant[]): string[] {
  const [last] = variants.slice(-1);
  const of = (rule: string, outcome: 'fine' | 'attention' | 'stop') => ({ rule, outcome, variant: 'v' });
  return armChecks(last!, variants, of).map(({ rule, outcome }) => `${rule} ${outcome}`);
}

function ruleOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof RuleViolation) return error.rule;
    throw error;
  }
  return 'none';
}

describe('the name of an arm', () => {
  it('is one name however it is typed', () => {
    for (const typed of ['control', ' Control ', 'CONTROL', 'ｃｏｎｔｒｏｌ']) {
      expect(armName(typed), typed).to.equal('control');
    }
    expect(armName('plain \u00a0 words')).to.equal('plain words');
    expect([armName('a'), armName('B2'), armName('تعاطف')]).to.deep.equal(['A', 'B2', 'تعاطف']);
    expect([armName(''), armName('  '), armName(null)]).to.deep.equal([null, null, null]);
  });

  it('stays as it is when it is saved again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (typed) => {
        const kept = armName(typed);
        fc.pre(kept !== null && ruleOf(() => withArms([{ arm: kept }])) === 'none');
        expect(armName(kept)).to.equal(kept);
      }),
    );
  });

  it('is short, plain, and leads to nobody (rule 6)', () => {
    const named = (arm: string) => ruleOf(() => withArms([{ arm: 'A' }, { arm }]));
    expect(['empathy', 'témoin', 'ضابطة', 'A', 'plain_words-2'].map(named)).to.deep.equal(
      Array.from({ length: 5 }, () => 'none'),
    );
    expect(named('a name that says far too much')).to.equal('arm-too-long');
    expect(named('@lina')).to.equal('arm-names-a-person');
    expect(named('lina@example.org')).to.equal('arm-names-a-person');
    expect(named('0470 12 34 56')).to.equal('arm-names-a-person');
    for (const odd of ['<b>', 'a;b', '=sum', '-a', 'a\u202eb', '☎']) {
      expect(named(odd), odd).to.equal('arm-characters');
    }
    expect(() => withArms([{ arm: 'A' }, { arm: '<b>' }]))
      .to.throw(RuleViolation)
      .with.property('field', 'variants[1].arm');
  });

  it('is one that the message uses elsewhere, else the first free letter, where nobody named it', () => {
    const elsewhere = [null, 'question', 'story', undefined];
    expect([[], ['question'], ['story', 'question']].map((taken) => nextArm(taken, elsewhere))).to.deep.equal(
      ['question', 'story', 'A'],
    );
    expect([nextArm([]), nextArm(['A', null]), nextArm(['control']), nextArm(['A', 'B'])]).to.deep.equal([
      'A',
      'B',
      'A',
      'C',
    ]);
  });
});

describe('rule: arms of one network and language have names of their own', () => {
  it('refuses the second of one name, and says which', () => {
    expect(() => assertOwnArms([armA, armB, variant({ _id: 'c', arm: 'B' })]))
      .to.throw(RuleViolation)
      .that.includes({ rule: 'arm-taken', field: 'variants[2].arm' });
    expect(saidOf(armA, variant({ _id: 'c', arm: 'A', text: OFFER }))).to.deep.equal(['arm-taken stop']);
  });

  it('allows the same name on another network and in another language', () => {
    const elsewhere = variant({ _id: 'c', arm: 'A', network: 'mastodon' });
    const french = variant({ _id: 'd', arm: 'A', language: 'fr' });
    expect(() => assertOwnArms([armA, armB, elsewhere, french])).not.to.throw();
  });

  it('asks for names where two texts could stand on one account', () => {
    const first = variant({ _id: 'a' });
    expect(saidOf(first, variant({ text: OFFER }))).to.deep.equal(['arm-needed stop']);
    expect(saidOf(first, variant({ text: OFFER, accounts: [] }))).to.deep.equal(['arm-needed stop']);
    expect(saidOf(armA, variant({ text: OFFER }))).to.deep.equal(['arm-needed stop']);
  });

  it('asks for none for the own text of another account (rule 5), another language, or what is empty', () => {
    const first = variant({ _id: 'a' });
    expect(saidOf(first, variant({ text: OFFER, accounts: ['b'] }))).to.deep.equal([]);
    expect(saidOf(first, variant({ text: OFFER, language: 'fr' }))).to.deep.equal([]);
    expect(saidOf(variant({ _id: 'a', text: ' ' }), first)).to.deep.equal([]);
    expect(saidOf(first)).to.deep.equal([]);
  });
});

describe('rule: two arms say two things', () => {
  it('stops an arm that says what another says, however it is dressed', () => {
    const dressed = variant({
      arm: 'B',
      text: `${QUESTION.toUpperCase()} #comehome https://example.org/help`,
    });
    expect(saidOf(armA, dressed)).to.deep.equal(['same-text-two-arms stop']);
    const thread = { parts: ['Call us.'] };
    expect(saidOf({ ...armA, ...thread }, variant({ arm: 'B', ...thread }))).to.deep.equal([
      'same-text-two-arms stop',
    ]);
  });

  it('asks for a look where they say nearly the same', () => {
    const near = variant({ arm: 'B', text: `${QUESTION} Call.` });
    expect(saidOf(armA, near)).to.deep.equal(['similar-arm attention']);
  });

  it('lets different ones pass, and a thread that goes on differently', () => {
    expect(saidOf(armA, armB)).to.deep.equal(['same-text-two-arms fine']);
    const long = variant({ arm: 'B', parts: [OFFER, OFFER] });
    expect(saidOf(armA, long)).to.deep.equal(['same-text-two-arms fine']);
  });

  it('does not make an exception of rule 5: one text for two accounts stays refused', () => {
    const elsewhere = variant({ _id: 'b', arm: 'B', accounts: ['b'], text: `${QUESTION} #comehome` });
    expect(ruleOf(() => assertDifferentTexts([armA, elsewhere]))).to.equal('same-text-two-accounts');
  });
});
