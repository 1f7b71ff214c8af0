import { expect } from 'chai';
import fc from 'fast-check';
import type { Collection, Document } from 'mongodb';
import { Sorter } from '../../server/database/embedded/query/sorter.ts';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

const MEGABYTE = 1024 * 1024;

describe('The memory of one operation', function suite() {
  this.timeout(60_000);
  const { collection } = useNativeDatabase();
  let large: Collection;
  before('a hundred and twenty megabytes', async () => {
    large = await collection();
    for (let i = 0; i < 12; i += 1)
      await large.insertMany(
        [0, 1].map((half) => ({ a: i, text: `${i} ${half} ${'x'.repeat(5 * MEGABYTE)}` })),
      );
  });

  const run = (pipeline: Document[]) => large.aggregate(pipeline, { allowDiskUse: false }).toArray();
  const refused: [string, Document[]][] = [
    ['a $sort of whole documents', [{ $addFields: { b: 1 } }, { $sort: { b: 1, text: 1 } }, { $count: 'n' }]],
    ['a $group with as many texts', [{ $group: { _id: '$text' } }, { $count: 'n' }]],
    ['a $group that gathers the texts', [{ $group: { _id: null, all: { $addToSet: '$text' } } }]],
  ];
  for (const [title, pipeline] of refused)
    it(`does not hold ${title} above a hundred megabytes`, async () => {
      const refusal = await refusalOf(run(pipeline));
      // A real server counts what an accumulator gathers apart, and has another code for it.
      expect(refusal.code).to.be.oneOf(title.includes('gathers') ? [292, 146] : [292]);
    });

  it('does not hold a sort of a find by long texts above a hundred megabytes', async () => {
    const sorted = large.find({}, { allowDiskUse: false }).sort({ text: 1 });
    expect((await refusalOf(sorted.toArray())).codeName).to.equal('QueryExceededMemoryLimitNoDiskUseAllowed');
  });

  it('is small for what streams: counts, sums, the first few of an order', async () => {
    expect(await run([{ $group: { _id: null, n: { $sum: 1 }, a: { $max: '$a' } } }])).to.deep.equal([
      { _id: null, n: 24, a: 11 },
    ]);
    const first = await run([{ $sort: { text: -1 } }, { $limit: 1 }, { $project: { a: 1, _id: 0 } }]);
    expect(first).to.deep.equal([{ a: 9 }]);
    const redacted = [{ $redact: { $cond: [{ $lt: ['$a', 6] }, '$$KEEP', '$$PRUNE'] } }, { $count: 'n' }];
    expect(await run(redacted)).to.deep.equal([{ n: 12 }]);
    expect(await run([{ $sample: { size: 3 } }, { $count: 'n' }])).to.deep.equal([{ n: 3 }]);
  });

  it('holds everything that $facet and $lookup join in one document, which may have sixteen megabytes', async () => {
    const joined = [
      { $limit: 1 },
      { $lookup: { from: large.collectionName, pipeline: [{ $limit: 5 }], as: 'all' } },
    ];
    // A real server finds out in the stage or in the answer, with a code for each.
    expect((await refusalOf(run(joined))).code).to.be.oneOf([10334, 4568, 17280]);
    expect((await refusalOf(run([{ $facet: { all: [{ $limit: 5 }] } }]))).code).to.be.oneOf([
      10334, 4031700, 292,
    ]);
  });

  it('does not hold a list of numbers, or the parts of $facet, above a hundred megabytes', async () => {
    const numbers = run([{ $limit: 1 }, { $project: { n: { $size: { $range: [0, 2_000_000_000] } } } }]);
    expect((await refusalOf(numbers)).code).to.equal(146);
    expect(await run([{ $limit: 1 }, { $project: { _id: 0, n: { $range: [5, 0, -2] } } }])).to.deep.equal([
      { n: [5, 3, 1] },
    ]);
    const parts = { a: [{ $limit: 1 }], b: [{ $limit: 12 }, { $unwind: '$many' }] };
    const many = { $addFields: { many: { $range: [0, 10] } } };
    expect((await refusalOf(run([{ $limit: 2 }, many, { $facet: parts }]))).code).to.be.oneOf([
      292, 4031700, 10334,
    ]);
  });

  it('serves an order of many without one long step, equal ones as they came', () => {
    const item = fc.record({ key: fc.nat(50), size: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 300 }), fc.nat(12_000), (some, many) => {
        const items = Array.from({ length: some.length + many }, (_, at) => ({
          key: some[at % (some.length || 1)]?.key ?? at % 7,
          at,
        }));
        const sorter = new Sorter<{ key: number; at: number }>((a, b) => a.key - b.key);
        for (const one of items) sorter.add(one);
        expect(sorter.size).to.equal(items.length);
        expect([...sorter.drain()]).to.deep.equal([...items].sort((a, b) => a.key - b.key));
        expect(sorter.size).to.equal(0);
      }),
      { numRuns: 20 },
    );
  });
});
