import { expect } from 'chai';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

describe('An index, once made,', () => {
  const database = useNativeDatabase();

  const indexesOf = (explanation: object) =>
    [...JSON.stringify(explanation).matchAll(/"indexName":"(\w+)"/g)].map(([, name]) => name);

  it('is left alone by queries while it is hidden, but stays unique', async () => {
    const things = await database.collection([{ a: 1 }]);
    await things.createIndex({ a: 1 }, { unique: true, hidden: true, name: 'by_a' });
    const { queryPlanner } = await things.find({ a: 1 }).explain();
    expect(indexesOf(queryPlanner.winningPlan)).to.deep.equal([]);
    expect(await things.findOne({ a: 1 }, { projection: { _id: 0 } })).to.deep.equal({ a: 1 });
    expect((await refusalOf(things.find({}).hint('by_a').toArray())).code).to.equal(2);
    expect((await refusalOf(things.insertOne({ a: 1 }))).code).to.equal(11000);
  });

  it('is hidden and shown again, and keeps how long its documents live', async () => {
    const things = await database.collection([{ at: new Date(0) }]);
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 60, name: 'by_at' });
    const change = (index: object) => database.db.command({ collMod: things.collectionName, index });
    const told = await change({ name: 'by_at', hidden: true });
    expect({ old: told.hidden_old, now: told.hidden_new }).to.deep.equal({ old: false, now: true });
    const [, hidden] = await things.indexes();
    expect(hidden).to.include({ hidden: true, expireAfterSeconds: 60 });
    await change({ keyPattern: { at: 1 }, hidden: false });
    const { queryPlanner } = await things.find({ at: new Date(0) }).explain();
    expect(indexesOf(queryPlanner.winningPlan)).to.deep.equal(['by_at']);
  });

  it('lets its documents live longer when told', async () => {
    const things = await database.collection();
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 60, name: 'by_at' });
    const index = { name: 'by_at', expireAfterSeconds: 120 };
    const told = await database.db.command({ collMod: things.collectionName, index });
    expect({ old: told.expireAfterSeconds_old, now: told.expireAfterSeconds_new }).to.deep.equal({
      old: 60,
      now: 120,
    });
    expect((await things.indexes())[1]).to.include({ expireAfterSeconds: 120 });
  });
});

describe('The size of documents', () => {
  const database = useNativeDatabase();

  it('is told of a collection, a database and all databases', async () => {
    // Each document: 4 bytes of length, 9 of _id, 1 + 5 + 4 + 1001 of text and 1 at the end.
    const things = await database.collection(
      Array.from({ length: 700 }, (_, _id) => ({ _id, text: 'x'.repeat(1000) })),
    );
    const size = 700 * 1025;
    expect(await database.db.command({ collStats: things.collectionName })).to.include({
      size,
      count: 700,
      avgObjSize: 1025,
    });
    expect(await database.db.stats()).to.include({ dataSize: size, objects: 700, avgObjSize: 1025 });
    const { databases } = await database.client.db().admin().listDatabases();
    const found = databases.find(({ name }) => name === database.db.databaseName);
    expect(found?.sizeOnDisk).to.be.greaterThan(0);
  });
});
