import { expect } from 'chai';
import type { Document } from 'mongodb';
import { onlyEmbedded, refusalOf, useNativeDatabase } from '../support/native-database.ts';

describe('Indexes', () => {
  const { collection } = useNativeDatabase();

  it('are listed as they were asked for', async () => {
    const things = await collection([{ a: 1 }]);
    await things.createIndex({ a: 1, b: -1 }, { unique: true, sparse: true });
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 60, name: 'expiry' });
    expect(await things.indexes()).to.deep.equal([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1', unique: true, sparse: true },
      { v: 2, key: { at: 1 }, name: 'expiry', expireAfterSeconds: 60 },
    ]);
  });

  it('may be asked for twice, but not differently', async () => {
    const things = await collection([{ a: 1 }]);
    await things.createIndex({ a: 1 });
    await things.createIndex({ a: 1 });
    expect(await things.indexes()).to.have.length(2);
    expect((await refusalOf(things.createIndex({ a: 1 }, { name: 'other' }))).code).to.equal(85);
    expect((await refusalOf(things.createIndex({ b: 1 }, { name: 'a_1' }))).code).to.equal(86);
    expect((await refusalOf(things.createIndex({ a: 1 }, { unique: true }))).code).to.be.oneOf([85, 86]);
  });

  it('are dropped by name, by key and all at once, save the one of the ids', async () => {
    const things = await collection([{ a: 1 }]);
    for (const key of ['a', 'b', 'c', 'd']) await things.createIndex({ [key]: 1 });
    await things.dropIndex('a_1');
    expect((await things.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'b_1', 'c_1', 'd_1']);
    expect((await refusalOf(things.dropIndex('a_1'))).code).to.equal(27);
    expect((await refusalOf(things.dropIndex('_id_'))).code).to.equal(72);
    await things.dropIndexes();
    expect((await things.indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
  });

  it('when unique, refuse a second value with key and value', async () => {
    const things = await collection([{ _id: 1, a: { b: 5 }, c: 'x' }]);
    await things.createIndex({ 'a.b': 1, c: -1 }, { unique: true });
    const refusal = await refusalOf(things.insertOne({ a: { b: 5 }, c: 'x' }));
    expect(refusal.code).to.equal(11000);
    expect(refusal.keyPattern).to.deep.equal({ 'a.b': 1, c: -1 });
    expect(refusal.keyValue).to.deep.equal({ 'a.b': 5, c: 'x' });
    expect(refusal.message).to.contain('index: a.b_1_c_-1 dup key: { a.b: 5, c: "x" }');
  });

  it('when unique, refuse an update into a taken value and leave the document', async () => {
    const things = await collection([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    await things.createIndex({ a: 1 }, { unique: true });
    expect((await refusalOf(things.updateOne({ _id: 2 as never }, { $set: { a: 1 } }))).code).to.equal(11000);
    const modify = things.findOneAndUpdate({ _id: 2 as never }, { $set: { a: 1 } });
    expect((await refusalOf(modify)).keyValue).to.deep.equal({ a: 1 });
    expect(await things.findOne({ a: 2 })).to.deep.equal({ _id: 2, a: 2 });
  });

  it('when unique, take missing for null', async () => {
    const things = await collection([{ _id: 1 }]);
    await things.createIndex({ a: 1 }, { unique: true });
    expect((await refusalOf(things.insertOne({ a: null }))).code).to.equal(11000);
  });

  it('when unique and sparse, let many be without the field, but not two null', async () => {
    const things = await collection([{ _id: 1 }, { _id: 2 }, { _id: 3, a: null }]);
    await things.createIndex({ a: 1 }, { unique: true, sparse: true });
    await things.insertOne({ b: 1 });
    expect((await refusalOf(things.insertOne({ a: null }))).code).to.equal(11000);
  });

  it('when unique and partial, look only at what their filter finds', async () => {
    const things = await collection();
    await things.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { live: true } });
    await things.insertMany([
      { a: 1, live: false },
      { a: 1, live: false },
      { _id: 3 as never, a: 1, live: true },
    ]);
    expect((await refusalOf(things.insertOne({ a: 1, live: true }))).code).to.equal(11000);
    await things.updateOne({ _id: 3 as never }, { $set: { live: false } });
    await things.insertOne({ a: 1, live: true });
    expect(await things.countDocuments({ a: 1 })).to.equal(4);
  });

  it('when unique over arrays, refuse an element of another document, not of the same', async () => {
    const things = await collection([{ _id: 1, a: [1, 2] }]);
    await things.createIndex({ a: 1 }, { unique: true });
    await things.insertOne({ a: [3, 3] });
    expect((await refusalOf(things.insertOne({ a: [2, 4] }))).code).to.equal(11000);
    expect(await things.countDocuments({ a: 4 })).to.equal(0);
  });

  it('cannot become unique over what is not, and leave nothing behind', async () => {
    const things = await collection([{ a: 1 }, { a: 1 }]);
    expect((await refusalOf(things.createIndex({ a: 1 }, { unique: true }))).code).to.equal(11000);
    expect(await things.indexes()).to.have.length(1);
    await things.createIndex({ a: 1 });
  });

  it('take no two arrays of one document', async () => {
    const things = await collection();
    await things.createIndex({ a: 1, b: 1 });
    expect((await refusalOf(things.insertOne({ a: [1], b: [2] }))).code).to.equal(171);
    await things.insertOne({ a: [1], b: 2 });
    expect(await things.countDocuments()).to.equal(1);
  });

  it('find the same with a hint as without', async () => {
    const things = await collection([{ _id: 1, a: [1, 5] }, { _id: 2, a: 3 }, { _id: 3 }]);
    await things.createIndex({ a: 1 });
    for (const filter of [{ a: 5 }, { a: { $gt: 2 } }, { a: null }, { a: { $ne: 3 } }] as Document[]) {
      const plain = await things.find(filter).hint({ $natural: 1 }).sort({ _id: 1 }).toArray();
      expect(await things.find(filter).hint('a_1').sort({ _id: 1 }).toArray()).to.deep.equal(plain);
    }
    expect((await refusalOf(things.find({}).hint('nothing').toArray())).code).to.equal(2);
  });

  it('are built over ten thousand documents while others write', async function large() {
    this.timeout(30_000);
    const things = await collection();
    const documents = Array.from({ length: 10_000 }, (_, _id) => ({ _id: _id as never, n: _id % 100 }));
    await things.insertMany(documents);
    const building = things.createIndex({ n: 1 });
    const writing = Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        things.updateOne({ _id: (i * 50) as never }, { $set: { n: 500 } }),
      ),
    );
    await Promise.all([building, writing]);
    expect(await things.find({ n: 500 }).hint('n_1').toArray()).to.have.length(200);
    expect(
      await things
        .find({ n: { $gte: 0 } })
        .hint('n_1')
        .toArray(),
    ).to.have.length(10_000);
  });

  onlyEmbedded('let writers in many times before they are built', async function large() {
    this.timeout(30_000);
    const things = await collection();
    await things.insertMany(Array.from({ length: 20_000 }, (_, _id) => ({ _id: _id as never, n: _id })));
    let isBuilt = false;
    const building = things.createIndex({ n: 1 }, { unique: true }).finally(() => {
      isBuilt = true;
    });
    let writes = 0;
    for (; !isBuilt; writes += 1) await things.insertOne({ _id: (-1 - writes) as never, n: -1 - writes });
    await building;
    expect(writes).to.be.above(5);
    expect(
      await things
        .find({ n: { $lt: 0 } })
        .hint('n_1')
        .toArray(),
    ).to.have.length(writes);
  });

  onlyEmbedded('agree with the documents afterwards, as validate says', async () => {
    const things = await collection([{ a: [1, 2] }, { a: 3 }, {}]);
    await things.createIndex({ a: 1 });
    await things.updateMany({}, { $set: { b: 1 } });
    await things.deleteOne({ a: 3 });
    const { valid, keysPerIndex } = await things.db.command({ validate: things.collectionName });
    expect({ valid, keysPerIndex }).to.deep.equal({ valid: true, keysPerIndex: { _id_: 2, a_1: 3 } });
  });

  const refused: [string, Document, Document, number][] = [
    ['a direction of zero', { a: 0 }, {}, 67],
    ['expiry over two fields', { a: 1, b: 1 }, { expireAfterSeconds: 1 }, 67],
    ['sparse and partial at once', { a: 1 }, { sparse: true, partialFilterExpression: { a: 1 } }, 67],
    ['a field name that begins with a dollar', { $a: 1 }, {}, 67],
  ];
  for (const [title, key, options, code] of refused)
    it(`refuse ${title}`, async () => {
      const things = await collection([{ a: 1 }]);
      expect((await refusalOf(things.createIndex(key as Record<string, 1>, options))).code).to.equal(code);
    });
});
