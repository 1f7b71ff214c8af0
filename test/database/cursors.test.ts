import { expect } from 'chai';
import { type Collection, type Document, Long, type MongoClient } from 'mongodb';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

describe('Cursors', () => {
  const native = useNativeDatabase();
  const { collection } = native;
  let client: MongoClient;
  before(() => {
    client = native.client;
  });
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

  it('belong to one session, which closes them when it ends', async () => {
    const things = await many();
    const [mine, other] = [client.startSession(), client.startSession()];
    const open = async () => {
      const find = { find: things.collectionName, batchSize: 2 };
      const { cursor } = await things.db.command(find, { session: mine });
      return { getMore: Long.fromValue(cursor.id), collection: things.collectionName, batchSize: 2 };
    };
    const more = await open();
    expect((await refusalOf(things.db.command(more, { session: other }))).code).to.equal(50738);
    const { cursor } = await things.db.command(more, { session: mine });
    expect(cursor.nextBatch.map(({ _id }: Document) => _id)).to.deep.equal([2, 3]);
    await things.db.command({ killSessions: [{ id: mine.id?.id }] });
    expect((await refusalOf(things.db.command(more, { session: mine }))).code).to.equal(43);
    await Promise.all([mine.endSession(), other.endSession()]);
  });

  /** True of every document, after a while: twenty thousand steps of arithmetic. */
  const slowly = {
    $expr: {
      $gt: [
        { $reduce: { input: { $range: [0, 20_000] }, initialValue: 0, in: { $add: ['$$value', 1] } } },
        '$_id',
      ],
    },
  };

  it('have maxTimeMS for all their batches together', async () => {
    const things = await many();
    const command = { find: things.collectionName, filter: { $or: [{ _id: 0 }, slowly] }, maxTimeMS: 300 };
    const session = client.startSession();
    const { cursor } = await things.db.command({ ...command, batchSize: 1 }, { session });
    const getMore = { getMore: Long.fromValue(cursor.id), collection: things.collectionName };
    expect((await refusalOf(things.db.command({ ...getMore, maxTimeMS: 5 }, { session }))).code).to.equal(2);
    const refusal = await refusalOf(things.db.command(getMore, { session }));
    expect([refusal.code, refusal.codeName]).to.deep.equal([50, 'MaxTimeMSExpired']);
    expect((await refusalOf(things.db.command(getMore, { session }))).code).to.equal(43);
    await session.endSession();
  });

  const bounded: [string, (things: Collection) => Promise<unknown>][] = [
    ['a find', (things) => things.find(slowly, { maxTimeMS: 100 }).toArray()],
    ['a count', (things) => things.countDocuments(slowly, { maxTimeMS: 100 })],
    ['an aggregation', (things) => things.aggregate([{ $match: slowly }], { maxTimeMS: 100 }).toArray()],
    ['an update of many', (things) => things.updateMany(slowly, { $set: { a: 1 } }, { maxTimeMS: 100 })],
    ['a deletion', (things) => things.deleteMany(slowly, { maxTimeMS: 100 })],
    [
      'an aggregation into a collection',
      (things) => things.aggregate([{ $match: slowly }, { $out: 'nowhere' }], { maxTimeMS: 100 }).toArray(),
    ],
  ];
  for (const [title, work] of bounded)
    it(`end ${title} that takes longer than maxTimeMS`, async () => {
      const things = await many();
      expect((await refusalOf(work(things))).codeName).to.equal('MaxTimeMSExpired');
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
