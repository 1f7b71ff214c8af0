import { expect } from 'chai';
import fc from 'fast-check';
import { LANES, laneOf } from '../../server/domain/lane.ts';

describe('the lane of an account', () => {
  it('is always the same one of sixteen', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(laneOf(id)).to.be.within(0, LANES - 1);
        expect(laneOf(id)).to.equal(laneOf(id));
      }),
    );
  });

  it('is the published FNV-1a of the id', () => {
    expect(laneOf('')).to.equal(0x811c9dc5 % LANES);
    expect(laneOf('a')).to.equal(0xe40c292c % LANES);
    expect(laneOf('foobar')).to.equal(0xbf9cf968 % LANES);
  });

  it('spreads ids that follow each other over every lane', () => {
    const base = 0x543cd8e0a1b2;
    const lanes = new Set(Array.from({ length: 200 }, (_, index) => laneOf((base + index).toString(16))));
    expect(lanes.size).to.equal(LANES);
  });
});
