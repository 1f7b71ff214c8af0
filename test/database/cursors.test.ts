import { expect } from 'chai';
import { Long } from 'mongodb';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

describe('Cursors', () => {
  const { collection } = useNativeDatabase();
  const many = (length = 500) =>
    collection(Array.from({ length }, (_, _id) => ({ _id, text: 'x'.repeat(100) })));

  it('bring everything, batch by batch, each document once', async () => {
    const things = await many();
    const ids = (await things.find().batchSize(7).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    expect(ids).to.deep.equal(Array.from({ length: 500 }, (_, i) => i));
  });

  it('give 101 documents first when nobody says how many', async () => {
    const things = await many();
    const { cursor } = await things.db.command({ find: things.collectionName });
    expect(cursor.firstBatch).to.have.length(101);
    expect(String(cursor.id)).to.not.equal('0');
  });

  it('stop at the limit across batches', async () => {
    const things = await many();
    expect(await things.find().limit(250).batchSize(100).toArray()).to.have.length(250);
  });

  it('open empty when the first batch is to be empty', async () => {
    const things = await many(3);
    const { cursor } = await things.db.command({ find: things.collectionName, batchSize: 0 });
    expect(cursor.firstBatch).to.deep.equal([]);
    const next = await things.db.command({
      getMore: Long.fromValue(cursor.id),
      collection: things.collectionName,
    });
    expect(next.cursor.nextBatch).to.have.length(3);
    expect(String(next.cursor.id)).to.equal('0');
  });

  it('close after one batch when told', async () => {
    const things = await many();
    const { cursor } = await things.db.command({
      find: things.collectionName,
      singleBatch: true,
      batchSize: 2,
    });
    expect([cursor.firstBatch.length, String(cursor.id)]).to.deep.equal([2, '0']);
  });

  it('cannot go on once killed', async () => {
    const things = await many();
    const { cursor } = await things.db.command({ find: things.collectionName, batchSize: 2 });
    const id = Long.fromValue(cursor.id);
    const killed = await things.db.command({ killCursors: things.collectionName, cursors: [id] });
    expect(killed.cursorsKilled.map(String)).to.deep.equal([String(id)]);
    const refusal = await refusalOf(things.db.command({ getMore: id, collection: things.collectionName }));
    expect([refusal.code, refusal.codeName]).to.deep.equal([43, 'CursorNotFound']);
  });

  it('belong to one collection', async () => {
    const things = await many();
    const other = await collection([{ a: 1 }]);
    const { cursor } = await things.db.command({ find: things.collectionName, batchSize: 2 });
    const wrong = things.db.command({ getMore: Long.fromValue(cursor.id), collection: other.collectionName });
    expect((await refusalOf(wrong)).code).to.equal(13);
  });

  it('survive that documents before and behind them come and go', async () => {
    const things = await many();
    const cursor = things.find().sort({ _id: 1 }).batchSize(50);
    const seen: unknown[] = [(await cursor.next())?._id];
    await things.deleteMany({ _id: { $mod: [2, 1] } } as never);
    for await (const { _id } of cursor) seen.push(_id);
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen.filter((id) => (id as number) % 2 === 0)).to.have.length(250);
  });

  it('of an aggregation stream like those of a find', async () => {
    const things = await many();
    const cursor = things.aggregate([{ $match: { _id: { $gte: 100 } } }, { $project: { _id: 1 } }], {
      batchSize: 30,
    });
    expect(await cursor.toArray()).to.have.length(400);
  });

  it('keep each batch under the limit of a message', async function large() {
    this.timeout(30_000);
    const things = await collection(Array.from({ length: 6 }, () => ({ text: 'x'.repeat(5_000_000) })));
    expect(await things.find().toArray()).to.have.length(6);
  });

  it('answer an empty list where there is no collection', async () => {
    const things = await collection();
    expect(await things.find().toArray()).to.deep.equal([]);
    expect(await things.aggregate([{ $match: {} }]).toArray()).to.deep.equal([]);
  });
});
