import { expect } from 'chai';
import { Binary, type Document, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

/** One value of each type in MongoDB's order. */
const ladder: unknown[] = [
  new MinKey(),
  null,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  -1,
  Long.fromNumber(0),
  0.5,
  7,
  Number.POSITIVE_INFINITY,
  '',
  'A',
  'a',
  'é',
  {},
  { a: 1 },
  { a: 1, b: 0 },
  { a: 2 },
  { b: 0 },
  { a: 'x' },
  new Binary(Buffer.from('zz')),
  new Binary(Buffer.from('aaa')),
  new ObjectId('000000000000000000000001'),
  new ObjectId('000000000000000000000002'),
  false,
  true,
  new Date(-1),
  new Date(0),
  new Timestamp({ t: 1, i: 1 }),
  /a/,
  new MaxKey(),
];

const shuffled = <T>(items: readonly T[]) => items.map((_, i) => items[(i * 7 + 3) % items.length] as T);

describe('Sorting', () => {
  const { collection } = useNativeDatabase();
  const order = async (documents: Document[], sort: Document, index?: Document) => {
    const things = await collection(documents);
    if (index) await things.createIndex(index as Record<string, 1>);
    return (
      await things
        .find()
        .sort(sort as Record<string, 1>)
        .toArray()
    ).map(({ _id }) => _id);
  };
  const rungs = shuffled(ladder.map((a, _id) => ({ _id, a })).filter(({ a }) => !isLaterObject(a)));

  for (const index of [undefined, { a: 1 }, { a: -1 }]) {
    const by = index ? `by an index ${JSON.stringify(index)}` : 'in memory';
    it(`puts types in MongoDB's order ${by}`, async () => {
      const ids = rungs.map(({ _id }) => _id).sort((x, y) => x - y);
      expect(await order(rungs, { a: 1 }, index)).to.deep.equal(ids);
      expect(await order(rungs, { a: -1 }, index)).to.deep.equal([...ids].reverse());
    });

    it(`takes the least element upwards and the greatest downwards ${by}`, async () => {
      const documents = [
        { _id: 'wide', a: [1, 9] },
        { _id: 'three', a: 3 },
        { _id: 'empty', a: [] },
        { _id: 'missing' },
        { _id: 'null', a: null },
      ];
      const up = await order(documents, { a: 1 }, index);
      expect(up[0]).to.equal('empty');
      expect(up.slice(3)).to.deep.equal(['wide', 'three']);
      expect(up.slice(1, 3)).to.have.members(['missing', 'null']);
      expect((await order(documents, { a: -1 }, index)).slice(0, 2)).to.deep.equal(['wide', 'three']);
    });
  }

  it('compares documents field by field: type, then name, then value', async () => {
    const documents = [{}, { a: 1 }, { a: 1, b: 0 }, { a: 2 }, { b: 0 }, { a: 'x' }];
    const ids = documents.map((_, _id) => _id);
    expect(await order(shuffled(documents.map((a, _id) => ({ _id, a }))), { a: 1 })).to.deep.equal(ids);
  });

  it('breaks ties by the next field', async () => {
    const documents = [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
      { _id: 3, a: 0, b: 1 },
    ];
    expect(await order(documents, { a: 1, b: -1 })).to.deep.equal([3, 2, 1]);
  });

  it('sorts by a field of embedded documents in an array', async () => {
    const documents = [
      { _id: 1, lines: [{ n: 5 }, { n: 2 }] },
      { _id: 2, lines: [{ n: 3 }] },
    ];
    expect(await order(documents, { 'lines.n': 1 })).to.deep.equal([1, 2]);
    expect(await order(documents, { 'lines.n': -1 })).to.deep.equal([1, 2]);
  });

  it('sorts before it skips and limits', async () => {
    const things = await collection([3, 1, 4, 2, 5].map((_id) => ({ _id })));
    const found = await things.find().sort({ _id: -1 }).skip(1).limit(2).toArray();
    expect(found.map(({ _id }) => _id)).to.deep.equal([4, 3]);
  });

  it('puts what alternatives find into one order, each document once', async () => {
    const documents = Array.from({ length: 60 }, (_, _id) => ({
      _id,
      a: _id % 3,
      b: _id % 2,
      n: (_id * 7) % 60,
    }));
    const things = await collection(documents);
    await things.createIndexes([{ key: { a: 1, n: -1 } }, { key: { b: 1 } }]);
    const wanted = documents.filter(({ a, b }) => a === 1 || b === 1).sort((x, y) => y.n - x.n);
    const found = things.find({ $or: [{ a: 1 }, { b: 1 }] }).sort({ n: -1 });
    expect(await found.toArray()).to.deep.equal(wanted);
    const page = things.find({ $or: [{ a: 1 }, { b: 1 }] }).sort({ n: -1 });
    expect(await page.skip(5).limit(7).toArray()).to.deep.equal(wanted.slice(5, 12));
  });

  it('takes the order of insertion and its reverse as natural', async () => {
    const documents = [{ _id: 2 }, { _id: 1 }, { _id: 3 }];
    expect(await order(documents, { $natural: 1 })).to.deep.equal([2, 1, 3]);
    expect(await order(documents, { $natural: -1 })).to.deep.equal([3, 1, 2]);
  });

  it('refuses a direction that is neither up nor down', async () => {
    const things = await collection([{ a: 1 }]);
    const refusal = await refusalOf(things.aggregate([{ $sort: { a: 2 } }]).toArray());
    expect(refusal.code).to.equal(15975);
  });
});

/** Documents and bytes are compared by rules of their own, tested apart. */
function isLaterObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).some((key) => key === 'a' || key === 'b')
  );
}
