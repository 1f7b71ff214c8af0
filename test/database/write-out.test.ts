import { expect } from 'chai';
import { Double, Int32, Long } from 'mongodb';
import { useNativeDatabase } from '../support/native-database.ts';

describe('A pipeline that writes', () => {
  const { collection } = useNativeDatabase();

  it('writes its result to a collection with $out', async () => {
    const things = await collection([1, 2, 3, 4].map((_id) => ({ _id, n: _id })));
    const target = await collection([{ _id: 'old' }]);
    await things.aggregate([{ $project: { _id: 1 } }, { $out: target.collectionName }]).toArray();
    expect(await target.find().toArray()).to.deep.equal([1, 2, 3, 4].map((_id) => ({ _id })));
  });

  it('keeps the types of numbers that $out and $merge only copy', async () => {
    const things = await collection([
      { _id: 1, double: new Double(2), long: Long.fromNumber(3), int: new Int32(4) },
    ]);
    const [copied, merged] = [await collection(), await collection([{ _id: 1, more: new Double(5) }])];
    await things.aggregate([{ $match: { _id: 1 } }, { $out: copied.collectionName }]).toArray();
    await things.aggregate([{ $merge: merged.collectionName }]).toArray();
    const types = { double: { $type: 'double' }, long: { $type: 'long' }, int: { $type: 'int' } };
    expect(await copied.countDocuments(types)).to.equal(1);
    expect(await merged.countDocuments({ ...types, more: { $type: 'double' } })).to.equal(1);
  });

  it('merges its result into a collection with $merge', async () => {
    const things = await collection([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    const target = await collection([{ _id: 1, kept: true }]);
    await things
      .aggregate([
        { $merge: { into: target.collectionName, whenMatched: 'merge', whenNotMatched: 'insert' } },
      ])
      .toArray();
    expect(await target.find().sort({ _id: 1 }).toArray()).to.deep.equal([
      { _id: 1, kept: true, n: 1 },
      { _id: 2, n: 2 },
    ]);
  });
});
