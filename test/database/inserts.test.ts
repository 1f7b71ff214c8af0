import { expect } from 'chai';
import { Decimal128, Double, Int32, Long, MongoBulkWriteError, ObjectId, UUID } from 'mongodb';
import { isRealServer, refusalOf, useNativeDatabase } from '../support/native-database.ts';

describe('Inserts', () => {
  const { collection } = useNativeDatabase();

  it('keep the order of fields and put the id first', async () => {
    const things = await collection();
    await things.insertOne({ z: 1, a: 2, _id: 5 as never });
    expect(Object.keys((await things.findOne()) ?? {})).to.deep.equal(['_id', 'z', 'a']);
  });

  it('refuse an id that exists, with key and value', async () => {
    const things = await collection([{ _id: 1 }]);
    const refusal = await refusalOf(things.insertOne({ _id: 1 as never }));
    expect(refusal).to.include({ code: 11000 });
    expect(refusal.keyPattern).to.deep.equal({ _id: 1 });
    expect(refusal.keyValue).to.deep.equal({ _id: 1 });
    expect(refusal.message).to.match(
      /^E11000 duplicate key error collection: \S+ index: _id_ dup key: \{ _id: 1 \}$/,
    );
  });

  it('take the same number of another type for the same id', async () => {
    const things = await collection([{ _id: new Int32(1) }]);
    expect((await refusalOf(things.insertOne({ _id: new Double(1) as never }))).code).to.equal(11000);
  });

  it('stop at the first failure when ordered', async () => {
    const things = await collection([{ _id: 2 }]);
    const documents = [1, 2, 3].map((_id) => ({ _id: _id as never }));
    const error = await things.insertMany(documents).catch((failure) => failure);
    expect(error).to.be.instanceOf(MongoBulkWriteError);
    expect(error.result.insertedCount).to.equal(1);
    expect(await things.countDocuments()).to.equal(2);
  });

  it('go on after a failure when unordered, and tell which failed', async () => {
    const things = await collection([{ _id: 2 }]);
    const documents = [1, 2, 3, 2].map((_id) => ({ _id: _id as never }));
    const error = await things.insertMany(documents, { ordered: false }).catch((failure) => failure);
    expect(
      error.writeErrors.map(({ index, code }: { index: number; code: number }) => [index, code]),
    ).to.deep.equal([
      [1, 11000],
      [3, 11000],
    ]);
    expect(await things.countDocuments()).to.equal(3);
  });

  it('refuse an array or a pattern as id', async () => {
    const things = await collection();
    expect((await refusalOf(things.insertOne({ _id: [1] as never }))).code).to.equal(53);
    expect((await refusalOf(things.insertOne({ _id: /a/ as never }))).code).to.equal(isRealServer ? 2 : 53);
  });

  it('allow field names with dots and dollars inside', async () => {
    const things = await collection();
    await things.insertOne({ 'a.b': 1, c: { d$e: 2 } });
    expect(await things.findOne({}, { projection: { _id: 0 } })).to.deep.equal({ 'a.b': 1, c: { d$e: 2 } });
  });

  it('refuse a document over 16 megabytes and keep nothing of it', async () => {
    const things = await collection();
    const error = await things.insertOne({ text: 'x'.repeat(16 * 1024 * 1024) }).then(
      () => undefined,
      (failure: Error) => failure,
    );
    expect(error).to.be.instanceOf(Error);
    expect(await things.countDocuments()).to.equal(0);
  });

  it('hold a document just under 16 megabytes', async function large() {
    this.timeout(30_000);
    const things = await collection();
    const text = 'x'.repeat(16 * 1024 * 1024 - 100);
    await things.insertOne({ text });
    expect((await things.findOne())?.text.length).to.equal(text.length);
  });

  it('add an id of their own when the client leaves it out', async () => {
    const things = await collection();
    const { insertedId } = await things.insertOne({ a: 1 }, { forceServerObjectId: true } as never);
    const stored = await things.findOne();
    expect(stored?._id).to.be.instanceOf(ObjectId);
    expect(insertedId).to.satisfy((id: unknown) => id === undefined || id instanceof ObjectId);
  });
});

describe('Stored values', () => {
  const { collection } = useNativeDatabase({ promoteValues: false });

  it('keep their number type when written, and when a neighbour changes', async () => {
    const numbers = {
      int: new Int32(1),
      long: Long.fromNumber(1),
      double: new Double(1),
      decimal: Decimal128.fromString('1.50'),
      big: Long.fromString('9007199254740993'),
      list: [new Double(2), Long.fromNumber(3)],
    };
    const things = await collection([{ _id: 'n', ...numbers }]);
    await things.updateOne({}, { $set: { other: 1 } });
    const found = await things.findOne({});
    for (const [name, value] of Object.entries(numbers)) expect(found?.[name], name).to.deep.equal(value);
  });

  const sums: [string, unknown, unknown, unknown][] = [
    ['int plus int is int', new Int32(1), new Int32(2), new Int32(3)],
    ['int past its range is long', new Int32(2147483647), new Int32(1), Long.fromNumber(2147483648)],
    ['int plus long is long', new Int32(1), Long.fromNumber(2), Long.fromNumber(3)],
    ['int plus double is double', new Int32(1), new Double(2), new Double(3)],
    [
      'anything plus decimal is decimal',
      new Int32(1),
      Decimal128.fromString('0.1'),
      Decimal128.fromString('1.1'),
    ],
    [
      'long is exact where a double is not',
      Long.fromString('9007199254740993'),
      new Int32(2),
      Long.fromString('9007199254740995'),
    ],
  ];
  for (const [title, before, difference, after] of sums)
    it(`add up by type: ${title}`, async () => {
      const things = await collection([{ a: before }]);
      await things.updateOne({}, { $inc: { a: difference } } as never);
      expect((await things.findOne())?.a).to.deep.equal(after);
    });

  it('refuse a sum past the range of long', async () => {
    const things = await collection([{ a: Long.MAX_VALUE }]);
    const refusal = await refusalOf(things.updateOne({}, { $inc: { a: Long.ONE } }));
    expect(Number(refusal.code)).to.equal(2);
    expect((await things.findOne())?.a).to.deep.equal(Long.MAX_VALUE);
  });

  it('keep a UUID what it is', async () => {
    const id = new UUID();
    const things = await collection([{ _id: id }]);
    expect((await things.findOne({ _id: id as never }))?._id.toString('hex')).to.equal(
      id.toString('hex').replaceAll('-', ''),
    );
  });

  it('compare decimals with other numbers by value', async () => {
    const things = await collection([{ a: Decimal128.fromString('1.10') }, { a: new Double(1.5) }]);
    expect(await things.find({ a: Decimal128.fromString('1.1') }).toArray()).to.have.length(1);
    expect(await things.find({ a: { $gt: 1 } }).toArray()).to.have.length(2);
  });
});
