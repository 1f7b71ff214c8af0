import { expect } from 'chai';
import { MongoBulkWriteError } from 'mongodb';
import { useNativeDatabase } from '../support/native-database.ts';

describe('Bulk writes', () => {
  const { collection } = useNativeDatabase();

  it('run in order and add up', async () => {
    const things = await collection([{ _id: 1, n: 1 }]);
    const result = await things.bulkWrite([
      { insertOne: { document: { _id: 2 as never, n: 2 } } },
      { updateMany: { filter: {}, update: { $inc: { n: 10 } } } },
      { replaceOne: { filter: { n: 11 }, replacement: { n: 0 } } },
      { updateOne: { filter: { _id: 3 as never }, update: { $set: { n: 3 } }, upsert: true } },
      { deleteOne: { filter: { n: 12 } } },
    ]);
    const { insertedCount, matchedCount, modifiedCount, upsertedCount, deletedCount, upsertedIds } = result;
    expect({ insertedCount, matchedCount, modifiedCount, upsertedCount, deletedCount }).to.deep.equal({
      ...{ insertedCount: 1, matchedCount: 3, modifiedCount: 3, upsertedCount: 1, deletedCount: 1 },
    });
    expect(upsertedIds).to.deep.equal({ 3: 3 });
    expect(await things.find().sort({ _id: 1 }).toArray()).to.deep.equal([
      { _id: 1, n: 0 },
      { _id: 3, n: 3 },
    ]);
  });

  const operations = [
    { insertOne: { document: { _id: 1 as never } } },
    { insertOne: { document: { _id: 1 as never } } },
    { updateOne: { filter: { _id: 1 as never }, update: { $set: { a: 1 } } } },
  ];

  it('stop at a failure when ordered', async () => {
    const things = await collection();
    const error = await things.bulkWrite(operations).catch((failure) => failure);
    expect(error).to.be.instanceOf(MongoBulkWriteError);
    expect(error.writeErrors.map(({ index }: { index: number }) => index)).to.deep.equal([1]);
    expect(await things.findOne()).to.deep.equal({ _id: 1 });
  });

  it('go on when unordered', async () => {
    const things = await collection();
    const error = await things.bulkWrite(operations, { ordered: false }).catch((failure) => failure);
    expect(error).to.be.instanceOf(MongoBulkWriteError);
    expect(await things.findOne()).to.deep.equal({ _id: 1, a: 1 });
  });

  it('say of many unordered updates which failed, and apply the others once', async () => {
    const things = await collection(
      Array.from({ length: 100 }, (_, _id) => ({ _id, n: _id % 2 ? 'text' : 0 })),
    );
    const updates = Array.from({ length: 100 }, (_, _id) => ({
      updateOne: { filter: { _id: _id as never }, update: { $inc: { n: 1 } } },
    }));
    const error = await things.bulkWrite(updates, { ordered: false }).catch((failure) => failure);
    const failed = error.writeErrors.map(({ index }: { index: number }) => index);
    expect(failed).to.deep.equal(Array.from({ length: 50 }, (_, index) => index * 2 + 1));
    expect(error.result.modifiedCount).to.equal(50);
    expect(await things.countDocuments({ n: 1 })).to.equal(50);
  });

  it('do each of many unordered updates on what those before it left', async () => {
    const things = await collection(Array.from({ length: 200 }, (_, _id) => ({ _id, a: 1 })));
    const { matchedCount, upsertedIds } = await things.bulkWrite(
      [
        { updateMany: { filter: { a: 1 }, update: { $set: { a: 2 } } } },
        { updateMany: { filter: { a: 2 }, update: { $set: { a: 3 } } } },
        { updateOne: { filter: { _id: 7 as never }, update: { $mul: { a: 2 } } } },
        { updateOne: { filter: { _id: 7 as never, a: 6 }, update: { $inc: { a: 1 } } } },
        { updateMany: { filter: { b: 1 }, update: { $set: { c: 1 } }, upsert: true } },
        { updateMany: { filter: { b: 1 }, update: { $set: { c: 2 } }, upsert: true } },
      ],
      { ordered: false },
    );
    expect(matchedCount).to.equal(403);
    expect(Object.keys(upsertedIds)).to.deep.equal(['4']);
    expect(await things.countDocuments({ a: 3 })).to.equal(199);
    expect(await things.countDocuments({ a: 7 })).to.equal(1);
    expect(await things.find({ b: 1 }).project({ _id: 0 }).toArray()).to.deep.equal([{ b: 1, c: 2 }]);
  });

  for (const [title, indexed] of [
    ['through a unique index', true],
    ['by reading all', false],
  ] as const)
    it(`make one document of many unordered upserts of the same key, found ${title}`, async () => {
      // So large that no search through all of it is over in one step.
      const things = await collection(
        Array.from({ length: 6_000 }, (_, at) => ({ key: `other ${at}`, text: 'x'.repeat(200) })),
      );
      if (indexed) await things.createIndex({ key: 1 }, { unique: true });
      const upserts = Array.from({ length: 12 }, (_, at) => ({
        updateOne: { filter: { key: at % 2 }, update: { $inc: { n: 1 } }, upsert: true },
      }));
      const { upsertedIds, matchedCount } = await things.bulkWrite(upserts, { ordered: false });
      expect({ at: Object.keys(upsertedIds), matchedCount }).to.deep.equal({
        at: ['0', '1'],
        matchedCount: 10,
      });
      expect(await things.distinct('n', { n: { $exists: true } })).to.deep.equal([6]);
    });

  it('apply of many ordered updates those before the first failure, and none after it', async () => {
    const things = await collection(
      Array.from({ length: 100 }, (_, _id) => ({ _id, n: _id === 60 || _id === 80 ? 'text' : 0 })),
    );
    const updates = Array.from({ length: 100 }, (_, _id) => ({
      updateOne: { filter: { _id: _id as never }, update: { $inc: { n: 1 } } },
    }));
    const error = await things.bulkWrite(updates).catch((failure) => failure);
    expect(error.writeErrors.map(({ index }: { index: number }) => index)).to.deep.equal([60]);
    expect(error.result.modifiedCount).to.equal(60);
    expect(await things.distinct('_id', { n: 1 })).to.deep.equal(Array.from({ length: 60 }, (_, at) => at));
  });

  it('let what makes a key unique again come before what takes it, in one bulk', async () => {
    const things = await collection([
      { _id: 1, key: 'a' },
      { _id: 2, key: 'b' },
    ]);
    await things.createIndex({ key: 1 }, { unique: true });
    const set = (_id: number, key: string) => ({
      updateOne: { filter: { _id: _id as never }, update: { $set: { key } } },
    });
    await things.bulkWrite([set(1, 'c'), set(2, 'a'), set(1, 'b')]);
    expect(await things.find({ key: { $in: ['a', 'b'] } }).toArray()).to.have.deep.members([
      { _id: 1, key: 'b' },
      { _id: 2, key: 'a' },
    ]);
  });

  for (const ordered of [true, false])
    it(`delete many by _id, ${ordered ? 'in order' : 'in no order'}, each once`, async () => {
      const things = await collection(Array.from({ length: 300 }, (_, _id) => ({ _id, n: _id % 3 })));
      const deletes = Array.from({ length: 400 }, (_, at) => ({
        deleteOne: { filter: { _id: (at % 200) as never, n: { $lt: 2 } } },
      }));
      const { deletedCount } = await things.bulkWrite(deletes, { ordered });
      const left = await things.distinct('_id', { _id: { $lt: 200 } as never });
      expect(left).to.deep.equal(Array.from({ length: 66 }, (_, at) => at * 3 + 2));
      expect({ deletedCount, counted: await things.estimatedDocumentCount() }).to.deep.equal({
        deletedCount: 134,
        counted: 166,
      });
    });

  it('say which of many deletes made no sense, and do the others', async () => {
    const things = await collection(Array.from({ length: 50 }, (_, _id) => ({ _id })));
    const deletes = Array.from({ length: 50 }, (_, _id) => ({
      deleteOne: { filter: _id % 10 ? { _id: _id as never } : { _id: { $nothing: 1 } as never } },
    }));
    const error = await things.bulkWrite(deletes, { ordered: false }).catch((failure) => failure);
    expect(error.writeErrors.map(({ index }: { index: number }) => index)).to.deep.equal([0, 10, 20, 30, 40]);
    expect(error.result.deletedCount).to.equal(45);
  });

  it('delete one or many', async () => {
    const things = await collection([1, 2, 3, 4].map((_id) => ({ _id, odd: _id % 2 === 1 })));
    expect((await things.deleteOne({ odd: true })).deletedCount).to.equal(1);
    expect((await things.deleteMany({ odd: false })).deletedCount).to.equal(2);
    expect((await things.deleteMany({})).deletedCount).to.equal(1);
  });
});

describe('Counting', () => {
  const { collection } = useNativeDatabase();
  const parts = () =>
    collection([
      { _id: 1, tags: ['a', 'b'], n: 1 },
      { _id: 2, tags: ['b', 'c'], n: 1.0 },
      { _id: 3, tags: 'd', n: null },
      { _id: 4 },
    ]);

  it('counts what a filter finds, within skip and limit', async () => {
    const things = await parts();
    expect(await things.countDocuments({ tags: 'b' })).to.equal(2);
    expect(await things.countDocuments({}, { skip: 1, limit: 2 })).to.equal(2);
    expect(await things.estimatedDocumentCount()).to.equal(4);
  });

  it('counts nothing where nothing is', async () => {
    const things = await collection();
    expect(await things.countDocuments({})).to.equal(0);
    expect(await things.estimatedDocumentCount()).to.equal(0);
  });

  it('lists distinct values, elements one by one, in order', async () => {
    const things = await parts();
    expect(await things.distinct('tags')).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(await things.distinct('n')).to.deep.equal([null, 1]);
    expect(await things.distinct('tags', { n: 1 })).to.deep.equal(['a', 'b', 'c']);
  });

  it('lists distinct values inside documents in arrays', async () => {
    const things = await collection([{ l: [{ k: 2 }, { k: 1 }] }, { l: { k: 1 } }]);
    expect(await things.distinct('l.k')).to.deep.equal([1, 2]);
  });
});
