import { expect } from 'chai';
import type { VariantInput } from '../../server/actions/draft-message.ts';
import { placeOf, readStep, stepped } from '../../server/web/forms/variant-steps.ts';

const more = { network: 'bluesky', language: 'fr' } as const;
const sharedTexts = [{ language: 'en', text: 'Shared' }];
const images = ['a', 'b'].map((asset) => ({ asset, altText: asset }));
const one: VariantInput = {
  _id: 'v',
  network: 'x',
  language: 'en',
  text: '1',
  parts: ['2', '3'],
  images,
  accounts: [],
};

/** The first variant after a button was pressed. */
function resultOf(pressed: string) {
  const [variant] = stepped([one], readStep(pressed), { more, sharedTexts });
  return {
    texts: [variant?.text, ...(variant?.parts ?? [])].join(' '),
    images: variant?.images?.map(({ asset }) => asset).join(' '),
  };
}

describe('The buttons of the composer', () => {
  const cases: [pressed: string, texts: string, images: string][] = [
    ['save', '1 2 3', 'a b'],
    ['add-part-0', '1 2 3 ', 'a b'],
    ['remove-part-0-0', '1 3', 'a b'],
    ['raise-part-0-1', '1 3 2', 'a b'],
    ['raise-part-0-0', '2 1 3', 'a b'],
    ['lower-part-0-0', '1 3 2', 'a b'],
    ['remove-image-0-0', '1 2 3', 'b'],
    ['raise-image-0-1', '1 2 3', 'b a'],
    ['lower-image-0-0', '1 2 3', 'b a'],
  ];
  for (const [pressed, texts, shown] of cases) {
    it(`do what “${pressed}” says`, () => {
      expect(resultOf(pressed)).to.deep.equal({ texts, images: shown });
    });
  }

  it('change nothing beside something that is not there, or that no page has', () => {
    for (const pressed of [
      'lower-part-0-1',
      'raise-image-0-0',
      'raise-part-0-99',
      'add-part-7',
      'add-part',
      'constructor-0',
      '',
    ]) {
      expect(resultOf(pressed), pressed).to.deep.equal({ texts: '1 2 3', images: 'a b' });
    }
  });

  it('add and remove whole texts', () => {
    expect(stepped([one], readStep('add'), { more, sharedTexts })[1]).to.deep.include({
      ...more,
      text: '',
      accounts: [],
    });
    expect(stepped([one, one], readStep('remove-1'), { more, sharedTexts })).to.deep.equal([one]);
  });

  it('begin another arm right behind a text, with its words, its account and a name of its own', () => {
    const other = { ...one, _id: 'w', accounts: ['a'], language: 'fr', arm: 'B' };
    const arms = stepped([other, one], readStep('add-arm-0'), { more, sharedTexts });
    expect(arms).to.deep.equal([other, { ...other, _id: null, arm: 'A' }, one]);
    const [, first, second] = stepped([other, one], readStep('add-arm-1'), { more, sharedTexts });
    expect([first?.arm, second?.arm], 'as in the other language').to.deep.equal(['B', 'A']);
    const named = stepped([one], readStep('add-arm-0'), { more, sharedTexts });
    expect(named.map(({ _id, arm }) => [_id, arm])).to.deep.equal([
      ['v', 'A'],
      [null, 'B'],
    ]);
    const third = stepped(named, readStep('add-arm-1'), { more, sharedTexts });
    expect(third.map(({ arm }) => arm)).to.deep.equal(['A', 'B', 'C']);
  });

  it('begin another arm of a text that takes the shared one with words of its own', () => {
    const [first, second] = stepped([{ ...one, text: '' }], readStep('add-arm-0'), { more, sharedTexts });
    expect([first?.text, second?.text]).to.deep.equal(['', 'Shared']);
  });

  it('lead to where something was added or moved', () => {
    const place = (pressed: string) =>
      placeOf(readStep(pressed), stepped([one], readStep(pressed), { more, sharedTexts }));
    expect(place('save')).to.equal('');
    expect(place('add')).to.equal('#field-variants-1-text');
    expect(place('add-arm-0')).to.equal('#field-variants-1-text');
    expect(place('add-part-0')).to.equal('#field-variants-0-parts-2-text');
    expect(place('raise-part-0-0')).to.equal('#field-variants-0-text');
    expect(place('lower-part-0-0')).to.equal('#field-variants-0-parts-1-text');
  });
});
