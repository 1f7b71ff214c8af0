import { expect } from 'chai';
import fc from 'fast-check';
import { RecordSet } from '../../server/database/embedded/planner/record-set.ts';

describe('A set of records', () => {
  it('tells new ones from known ones, like any set, up to the largest record', () => {
    const record = fc.oneof(fc.nat(5_000), fc.integer({ min: 2 ** 48 - 5_000, max: 2 ** 48 - 1 }));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 200 }), (records) => {
        const known = new Set<number>();
        const set = new RecordSet();
        for (const one of records) {
          expect(set.add(one), String(one)).to.equal(!known.has(one));
          known.add(one);
        }
      }),
    );
  });
});
