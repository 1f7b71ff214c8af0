import { expect } from 'chai';
import type { MessageContent, Variant } from '../../server/domain/message.ts';
import { hashContent } from '../../server/models/message.ts';

const plain: Variant = {
  _id: 'v',
  network: 'x',
  language: 'en',
  text: 'You can still call.',
  accounts: ['a'],
};
const thread: Variant = {
  _id: 'w',
  network: 'mastodon',
  language: 'fr',
  text: 'Tu peux encore appeler.',
  parts: ['Jour et nuit.'],
  images: [{ asset: 'i', sha256: 'h', altText: 'Une fenêtre' }],
  accounts: ['b'],
};
const content = (...variants: Variant[]): MessageContent => ({
  type: 'alternative-narrative',
  narrative: null,
  segment: 's',
  messenger: 'm',
  tone: 'testimonial',
  strategies: ['facts'],
  origin: 'human',
  humanEditor: null,
  callToAction: { text: 'Call', service: 'Helpline', isStaffed: true },
  variants,
});

describe('the hash that an approval is bound to', () => {
  it('is for a message without arms what it was before there were any', () => {
    const asApproved = 'bfca0f6bc05c8c755d783070361cd33e0885fedd56422fc4a7c0787c5def1171';
    expect(hashContent(content(plain, thread))).to.equal(asApproved);
    expect(hashContent(content({ ...plain, arm: null }, { ...thread, arm: null }))).to.equal(asApproved);
  });

  it('changes with an arm that is given, changed, or exchanged for another', () => {
    const [a, b] = [
      { ...plain, arm: 'A' },
      { ...thread, arm: 'B' },
    ];
    const hashes = [
      content(plain, thread),
      content(a, thread),
      content({ ...plain, arm: 'control' }, thread),
      content(a, b),
      content({ ...plain, arm: 'B' }, { ...thread, arm: 'A' }),
    ].map(hashContent);
    expect(new Set(hashes).size).to.equal(hashes.length);
  });
});
