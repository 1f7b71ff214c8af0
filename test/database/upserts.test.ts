import { expect } from 'chai';
import { ObjectId } from 'mongodb';
import { useNativeDatabase } from '../support/native-database.ts';

describe('Upserts', () => {
  const { collection } = useNativeDatabase();

  it('make a document of the filter’s equalities and the update', async () => {
    const things = await collection();
    const filter = { a: 1, 'b.c': 2, d: { $gt: 3 }, $and: [{ e: 5 }] };
    const { upsertedId, upsertedCount } = await things.updateOne(
      filter,
      { $set: { f: 6 }, $setOnInsert: { g: 7 } },
      { upsert: true },
    );
    expect(upsertedCount).to.equal(1);
    expect(upsertedId).to.be.instanceOf(ObjectId);
    const { _id, ...rest } = (await things.findOne()) ?? {};
    expect(rest).to.deep.equal({ a: 1, b: { c: 2 }, e: 5, f: 6, g: 7 });
  });

  it('take the id from the filter', async () => {
    const things = await collection();
    await things.updateOne({ _id: 5 as never }, { $inc: { n: 1 } }, { upsert: true });
    await things.updateOne({ _id: 5 as never }, { $inc: { n: 1 } }, { upsert: true });
    expect(await things.find().toArray()).to.deep.equal([{ _id: 5, n: 2 }]);
  });

  it('insert a replacement', async () => {
    const things = await collection();
    await things.replaceOne({ a: 1, _id: 3 as never }, { b: 2 }, { upsert: true });
    expect(await things.findOne()).to.deep.equal({ _id: 3, b: 2 });
  });

  it('run a pipeline on what the filter says', async () => {
    const things = await collection();
    await things.updateOne({ _id: 1 as never, a: 4 }, [{ $set: { b: { $multiply: ['$a', 2] } } }], {
      upsert: true,
    });
    expect(await things.findOne()).to.deep.equal({ _id: 1, a: 4, b: 8 });
  });

  it('do not insert twice when twenty arrive at once', async () => {
    const things = await collection();
    await things.createIndex({ key: 1 }, { unique: true });
    const upsert = () => things.updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true });
    const settled = await Promise.allSettled(Array.from({ length: 20 }, upsert));
    const done = settled.filter(({ status }) => status === 'fulfilled').length;
    expect(await things.find({}, { projection: { _id: 0 } }).toArray()).to.deep.equal([
      { key: 'k', n: done },
    ]);
  });
});
