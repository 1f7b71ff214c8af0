import { expect } from 'chai';
import { countText } from '../../../server/platforms/bluesky/count-text.ts';

describe('Counting as Bluesky does', () => {
  it('counts what people see as one sign as one', () => {
    expect(countText('')).to.deep.include({ length: 0, isWithin: true });
    expect(countText('👨‍👩‍👧‍👦')).to.deep.include({ length: 1, bytes: { length: 25, limit: 3000 } });
    expect(countText('مَرْحَبًا').length).to.equal(5);
    expect(countText('https://example.org/a/long/address').length).to.equal(34);
  });

  it('stops at 300 signs, and at 3,000 bytes even where signs are left', () => {
    expect(countText('a'.repeat(300)).isWithin).to.equal(true);
    expect(countText('a'.repeat(301)).isWithin).to.equal(false);
    const families = countText('👨‍👩‍👧‍👦'.repeat(121));
    expect(families).to.deep.include({ length: 121, isWithin: false, bytes: { length: 3025, limit: 3000 } });
  });
});
