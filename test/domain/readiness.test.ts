import { expect } from 'chai';
import type { MessageContent, Variant } from '../../server/domain/message.ts';
import { assertReady, checksOf, type ReadinessFacts } from '../../server/domain/readiness.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

const now = new Date('2014-10-14T07:00:00Z');
const variant: Variant = {
  _id: 'v',
  network: 'x',
  language: 'en',
  text: 'You can still call.',
  accounts: ['a'],
};
const whole: MessageContent = {
  type: 'alternative-narrative',
  narrative: null,
  segment: 's',
  messenger: 'm',
  tone: 'testimonial',
  strategies: [],
  origin: 'human',
  humanEditor: null,
  callToAction: { text: 'Call', service: 'Helpline', isStaffed: true },
  variants: [variant],
};
const disclosure = {
  operatorInProfile: true,
  automatedLabel: true,
  ownerNamed: true,
  checkedBy: 'm',
  checkedAt: now,
};
const facts: ReadinessFacts = {
  faults: () => [],
  neighbours: [],
  tier: 'primary',
  messenger: {
    kind: 'family',
    consent: {
      scope: 'All',
      networks: ['x'],
      givenOn: new Date('2014-08-01'),
      expiresOn: null,
      withdrawnAt: null,
    },
  },
  now,
  count: ({ text }) => ({ length: text.length, limit: 280, isWithin: text.length <= 280 }),
  imageLimits: () => ({ most: 4, bytes: 2_000_000, altText: 1000 }),
  assets: new Map([['lantern', { size: 1_000_000, origin: 'human', quotesExtremists: false }]]),
  accounts: [{ _id: 'a', handle: 'comehome_eu', network: 'x', disclosure }],
};

function stopsFor(message: Partial<MessageContent>, changed: Partial<ReadinessFacts> = {}): string[] {
  return checksOf({ ...whole, ...message }, { ...facts, ...changed })
    .filter(({ outcome }) => outcome === 'stop')
    .map(({ rule }) => rule);
}

describe('rule: reviewers see only what is whole', () => {
  it('lets a whole message through', () => {
    expect(stopsFor({})).to.deep.equal([]);
    expect(() => assertReady(whole, facts)).not.to.throw();
  });

  it('throws the first thing that is missing, under the name of its rule', () => {
    expect(() => assertReady({ ...whole, variants: [] }, facts))
      .to.throw(RuleViolation)
      .with.property('rule', 'variant-needed');
  });

  const over = 'a long text '.repeat(30);
  const cases: [string, string[], Partial<MessageContent>, Partial<ReadinessFacts>?][] = [
    ['a text', ['text-needed'], { variants: [{ ...variant, text: ' ' }] }],
    ['a text within the limit of its network', ['text-too-long'], { variants: [{ ...variant, text: over }] }],
    [
      'a text within the bytes that its network counts',
      ['text-too-many-bytes'],
      {},
      { count: () => ({ length: 121, limit: 300, bytes: { length: 3025, limit: 3000 }, isWithin: false }) },
    ],
    ['an account', ['account-needed'], { variants: [{ ...variant, accounts: [] }] }],
    [
      'an account of the same network',
      ['account-needed', 'messenger-consent'],
      { variants: [{ ...variant, network: 'mastodon' }] },
    ],
    ['a segment', ['segment-needed'], {}, { tier: null }],
    ['a messenger', ['messenger-needed'], {}, { messenger: null }],
    ['a tone', ['tone-needed'], { tone: null }],
    ['a call to action', ['call-to-action-needed'], { callToAction: { ...whole.callToAction, text: '' } }],
    ['a service', ['service-needed'], { callToAction: { ...whole.callToAction, service: '' } }],
    [
      'an answer whether the service is staffed',
      ['staffing-needed'],
      { callToAction: { ...whole.callToAction, isStaffed: null } },
    ],
    ['a help offer for a tertiary segment', ['tertiary-signposting-only'], {}, { tier: 'tertiary' }],
    ['a person who answers for a machine’s part', ['human-editor-needed'], { origin: 'ai-assisted' }],
    [
      'a label on what a machine wrote',
      ['origin-label-needed'],
      { origin: 'ai-generated', humanEditor: 'm' },
    ],
    [
      'no stranger in the text',
      ['unsolicited-mention'],
      { variants: [{ ...variant, text: 'Hello @stranger' }] },
    ],
    [
      'no stranger in any part of a thread',
      ['unsolicited-mention'],
      { variants: [{ ...variant, parts: ['Hello @stranger'] }] },
    ],
    ['every part of a thread', ['part-empty'], { variants: [{ ...variant, parts: [''] }] }],
    [
      'every part of a thread within the limit of its network',
      ['part-too-long'],
      { variants: [{ ...variant, parts: [over, 'Short.'] }] },
    ],
    [
      'fields that can be filled in',
      ['template-value-missing'],
      {},
      { faults: () => [{ rule: 'template-value-missing', values: { field: 'contact' } }] },
    ],
  ];
  for (const [what, rules, message, changed] of cases) {
    it(`needs ${what}`, () => {
      expect(stopsFor(message, changed)).to.deep.equal(rules);
    });
  }

  it('lets the organisation itself make a help offer', () => {
    expect(stopsFor({ type: 'help-offer', messenger: null }, { messenger: null })).to.deep.equal([]);
  });

  it('asks for a look, without stopping, where a service is not staffed, an account not disclosed or a link not safe', () => {
    const [account] = facts.accounts;
    const undisclosed = { ...account!, disclosure: { ...disclosure, checkedAt: null } };
    const attention = checksOf(
      {
        ...whole,
        callToAction: { ...whole.callToAction, isStaffed: false },
        variants: [{ ...variant, text: 'Call http://example.org/help' }],
      },
      { ...facts, accounts: [undisclosed] },
    ).filter(({ outcome }) => outcome === 'attention');
    expect(attention.map(({ rule }) => rule)).to.deep.equal(['staffing', 'links', 'account-disclosure']);
  });

  const looksFor = (text: string, language = 'en', changed: Partial<ReadinessFacts> = {}) =>
    checksOf({ ...whole, variants: [{ ...variant, text, language }] }, { ...facts, ...changed })
      .filter(({ outcome }) => outcome === 'attention')
      .map(({ rule }) => rule);

  for (const [what, rule, text, language] of [
    ['a direction that is not the language’s', 'text-direction', 'Call the helpline', 'ar'],
    ['a script that is not the language’s', 'text-script', 'Call the helpline', 'uk'],
    ['more than three hashtags', 'hashtags', 'Call #one #two #three #four', 'en'],
    [
      'a text that is hard to read',
      'reading-level',
      'Notwithstanding comprehensive governmental counter-radicalisation programming stakeholders consistently underestimate institutional consequences, so call us.',
      'en',
    ],
    ['a text that leads nowhere', 'call-in-text', 'Three mothers asked one question.', 'en'],
  ] as const) {
    it(`asks for a look at ${what}`, () => {
      expect(looksFor(text, language)).to.include(rule);
    });
  }

  for (const text of ['Call +32 2 123', 'See https://example.org/help', 'The Helpline listens']) {
    it(`finds the way to the service in “${text}”`, () => {
      expect(looksFor(text)).to.deep.equal([]);
    });
  }

  it('asks for a look when an account of the network says nearly the same these weeks', () => {
    const neighbour = { network: 'x', account: 'a', text: variant.text, dueAt: now } as const;
    expect(looksFor(variant.text, 'en', { neighbours: [neighbour] })).to.include('similar-post');
    expect(
      looksFor(variant.text, 'en', { neighbours: [{ ...neighbour, network: 'mastodon' }] }),
    ).not.to.include('similar-post');
  });

  it('says when no adapter counts the text', () => {
    const checks = checksOf(whole, { ...facts, count: () => null });
    expect(checks.find(({ rule }) => rule === 'text-uncounted')?.outcome).to.equal('attention');
  });
});
