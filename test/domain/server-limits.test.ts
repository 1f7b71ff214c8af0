import { expect } from 'chai';
import { type CountText, countForAll } from '../../server/domain/server-limits.ts';

const none = { text: null, link: null, images: null, imageBytes: null, altText: null };
const count: CountText = (text, limits) => {
  const limit = limits?.text ?? 500;
  return { length: text.length, limit, isWithin: text.length <= limit };
};

describe('Counting a text for several accounts', () => {
  const text = 'a'.repeat(300);

  it('takes the server that leaves least room', () => {
    const accounts = [{ limits: { ...none, text: 5000 } }, { limits: { ...none, text: 280 } }, {}];
    expect(countForAll(count, text, accounts)).to.deep.equal({ length: 300, limit: 280, isWithin: false });
  });

  it('uses what the network usually allows where nothing is known', () => {
    expect(countForAll(count, text, [])).to.include({ limit: 500, isWithin: true });
    expect(countForAll(count, text, [{ limits: null }])).to.include({ limit: 500 });
  });
});
