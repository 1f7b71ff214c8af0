import { expect } from 'chai';
import { recordKeyOf } from '../../../server/platforms/bluesky/record-key.ts';

/** atproto.com/specs/tid */
const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;

describe('The record key of a delivery', () => {
  it('is a TID and always the same for the same delivery', () => {
    for (const key of ['543ccac0aaaaaaaaaaaaaaaa', '543ccac0aaaaaaaaaaaaaaaa:2', 'delivery-1', '']) {
      expect(recordKeyOf(key)).to.match(TID).and.to.equal(recordKeyOf(key));
    }
  });

  it('tells the day before the delivery was made, so that later ones sort after it', () => {
    const keys = ['543ccac0', '54401f80', '69240000'].map((second) =>
      recordKeyOf(`${second}aaaaaaaaaaaaaaaa`),
    );
    expect(keys).to.deep.equal(keys.toSorted());
    expect(secondOf(keys[0] ?? '')).to.be.within(0x543ccac0 - 86_400, 0x543ccac0);
  });

  it('differs between ten thousand deliveries and their parts', () => {
    const keys = Array.from({ length: 10_000 }, (_, index) =>
      recordKeyOf(`543ccac0aaaaaaaaaa${index.toString(16).padStart(6, '0')}`),
    );
    expect(new Set(keys)).to.have.property('size', 10_000);
    expect(recordKeyOf('543ccac0aaaaaaaaaaaaaaaa:1')).not.to.equal(recordKeyOf('543ccac0aaaaaaaaaaaaaaaa:2'));
  });
});

function secondOf(tid: string): number {
  const letters = '234567abcdefghijklmnopqrstuvwxyz';
  const micros = [...tid.slice(0, 11)].reduce((sum, letter) => sum * 32 + letters.indexOf(letter), 0);
  return Math.floor(micros / 1_000_000);
}
