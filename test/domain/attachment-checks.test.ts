import { expect } from 'chai';
import { type AttachmentFacts, THREAD_LIMIT } from '../../server/domain/attachment-checks.ts';
import type { MessageContent, Variant } from '../../server/domain/message.ts';
import type { Check } from '../../server/domain/readiness.ts';
import { imageLimitsForAll } from '../../server/domain/server-limits.ts';
import { variantChecks } from '../../server/domain/variant-checks.ts';

const variant: Variant = {
  _id: 'v',
  network: 'x',
  language: 'en',
  text: 'You can still call.',
  accounts: [],
};
const described = { asset: 'lantern', sha256: 'f', altText: 'A lantern in a window' };
const lantern = { size: 1_500_000, origin: 'human', quotesExtremists: false } as const;

function checksOf(changed: Partial<Variant>, facts: Partial<AttachmentFacts> = {}): Check[] {
  const whole = { ...variant, ...changed };
  const message = {
    origin: 'human',
    callToAction: { text: '', service: '' },
    variants: [whole],
  } as unknown as MessageContent;
  return variantChecks(whole, message, {
    accounts: [],
    faults: () => [],
    neighbours: [],
    count: ({ text }) => ({ length: text.length, limit: 280, isWithin: text.length <= 280 }),
    imageLimits: () => ({ most: 4, bytes: 2_000_000, altText: 1000 }),
    assets: new Map([['lantern', lantern]]),
    ...facts,
  });
}

const stopsOf = (checks: readonly Check[]) =>
  checks.flatMap(({ rule, outcome, values = {} }) =>
    outcome === 'stop' && rule !== 'account-needed' ? [{ rule, ...values }] : [],
  );
const outcomeOf = (rule: string, checks: readonly Check[]) =>
  checks.find((check) => check.rule === rule)?.outcome;

describe('rule: no image without the words that stand for it', () => {
  it('lets described images through, and says so', () => {
    const checks = checksOf({ images: [described] });
    expect(stopsOf(checks)).to.deep.equal([]);
    expect(outcomeOf('alt-text-needed', checks)).to.equal('fine');
    expect(outcomeOf('alt-text-needed', checksOf({}))).to.equal(undefined);
  });

  it('names the image without an alt text', () => {
    const images = [described, { ...described, altText: ' ' }];
    expect(stopsOf(checksOf({ images }))).to.deep.equal([{ rule: 'image-alt-text-needed', image: 2 }]);
  });

  it('counts the characters of an alt text, not their halves', () => {
    const limits = { imageLimits: () => ({ most: 4, bytes: 2_000_000, altText: 10 }) };
    const lamps = { ...described, altText: '🏮'.repeat(10) };
    expect(stopsOf(checksOf({ images: [lamps] }, limits))).to.deep.equal([]);
    expect(stopsOf(checksOf({ images: [{ ...lamps, altText: '🏮'.repeat(11) }] }, limits))).to.deep.equal([
      { rule: 'alt-text-too-long', image: 1, length: 11, limit: 10 },
    ]);
  });
});

describe('rule: images are what the accounts’ servers take', () => {
  it('stops too many, too large ones, and one that is gone', () => {
    const limits = { imageLimits: () => ({ most: 1, bytes: 1_000_000, altText: 1000 }) };
    const images = [described, { ...described, asset: 'gone' }];
    expect(stopsOf(checksOf({ images }, limits))).to.deep.equal([
      { rule: 'too-many-images', count: 2, limit: 1 },
      { rule: 'image-too-large', image: 1, kilobytes: 1500, limit: 1000 },
      { rule: 'image-gone', image: 2 },
    ]);
  });

  it('takes the least of what the servers say, and the network’s usual limits elsewhere', () => {
    const usual = { most: 4, bytes: 2_000_000, altText: 1500 };
    const none = { text: null, link: null, images: null, imageBytes: null, altText: null };
    expect(imageLimitsForAll(usual, [])).to.deep.equal(usual);
    expect(
      imageLimitsForAll(usual, [{ limits: null }, { limits: { ...none, images: 2, imageBytes: 900 } }]),
    ).to.deep.equal({ most: 2, bytes: 900, altText: 1500 });
    expect(imageLimitsForAll(usual, [{ limits: { ...none, images: 16, altText: 9000 } }])).to.deep.equal({
      ...usual,
      most: 16,
      altText: 9000,
    });
  });
});

describe('rule 4: an image that a machine made carries the label that its origin demands', () => {
  const of = (origin: 'ai-assisted' | 'ai-generated' | 'uncertain', text: string) => {
    const assets = new Map([['lantern', { ...lantern, origin }]]);
    return outcomeOf('image-origin-label-needed', checksOf({ images: [described], text }, { assets }));
  };

  it('stops it without the label, and says when it is there', () => {
    expect(of('ai-generated', 'You can still call.')).to.equal('stop');
    expect(of('uncertain', 'You can still call.')).to.equal('stop');
    expect(of('ai-generated', 'You can still call. #AI')).to.equal('fine');
    expect(of('ai-assisted', 'You can still call.')).to.equal(undefined);
  });
});

describe('rule 12: an image that quotes extremists is looked at', () => {
  it('asks for a look', () => {
    const assets = new Map([['lantern', { ...lantern, quotesExtremists: true }]]);
    expect(outcomeOf('quotes-extremists', checksOf({ images: [described] }, { assets }))).to.equal(
      'attention',
    );
  });
});

describe('rule: every part of a thread is a whole post', () => {
  it('lets parts through that fit', () => {
    expect(stopsOf(checksOf({ parts: ['Day and night.', 'Free of charge.'] }))).to.deep.equal([]);
  });

  it('names the part that is empty or too long', () => {
    expect(stopsOf(checksOf({ parts: [' ', 'a long text '.repeat(30)] }))).to.deep.equal([
      { rule: 'part-empty', part: 2, network: 'x' },
      { rule: 'part-too-long', length: 360, limit: 280, part: 3, network: 'x' },
    ]);
  });

  it('ends somewhere', () => {
    const parts = Array.from({ length: THREAD_LIMIT }, () => 'On.');
    expect(stopsOf(checksOf({ parts }))[0]).to.include({ rule: 'thread-too-long', count: THREAD_LIMIT + 1 });
  });

  it('finds a stranger and an unsafe link in any part', () => {
    const checks = checksOf({ parts: ['Ask @stranger about http://example.org'] });
    expect(stopsOf(checks).map(({ rule }) => rule)).to.deep.equal(['unsolicited-mention']);
    expect(outcomeOf('links', checks)).to.equal('attention');
  });
});
