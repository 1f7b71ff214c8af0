import { expect } from 'chai';
import fc from 'fast-check';
import { type Collection, type Document, Double, Long, ObjectId } from 'mongodb';
import { useNativeDatabase } from '../support/native-database.ts';

/** Printed by fast-check with the shrunken example when a property fails. */
const SEED = 20_261_124;
const options = (numRuns: number) => ({ seed: SEED, numRuns, endOnFailure: true });

const scalar = fc.oneof(
  fc.constantFrom(null, true, false, 0, 1, 2, -1, 1.5, '', 'a', 'b', 'ab'),
  fc.constantFrom(Long.fromNumber(1), new Double(2), Number.NaN, new Date(0), new Date(1)),
  fc.constantFrom(new ObjectId('000000000000000000000001'), { b: 1 }, {}),
);
const value = fc.oneof({ weight: 4, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }));
const fields = fc.record(
  { a: value, b: value, c: fc.oneof(fc.record({ d: value }, { requiredKeys: [] }), value) },
  { requiredKeys: [] },
);
const documents = fc.array(fields, { minLength: 5, maxLength: 25 });

const comparable = fc.constantFrom(null, true, 0, 1, 2, 1.5, 'a', 'b', new Date(0), { b: 1 }, [1], []);
const path = fc.constantFrom('a', 'b', 'c', 'c.d');
const condition = fc.oneof(
  comparable.map((given) => ({ $eq: given })),
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), comparable)
    .map(([name, given]) => ({ [name]: given })),
  fc.array(comparable, { maxLength: 3 }).map((list) => ({ $in: list })),
  fc.array(comparable, { maxLength: 3 }).map((list) => ({ $nin: list })),
  fc.boolean().map((given) => ({ $exists: given })),
  comparable.map((given) => ({ $not: { $gt: given } })),
  fc.tuple(comparable, comparable).map(([from, to]) => ({ $gte: from, $lt: to })),
  comparable.map((given) => ({ $elemMatch: { $gte: given } })),
);
const simple = fc.tuple(path, condition).map(([name, given]): Document => ({ [name]: given }));
const filter = fc.oneof(
  simple,
  fc.array(simple, { minLength: 1, maxLength: 3 }).map((list): Document => ({ $and: list })),
  fc.array(simple, { minLength: 1, maxLength: 3 }).map((list): Document => ({ $or: list })),
);
const direction = fc.constantFrom(1, -1);
const sort = fc
  .uniqueArray(fc.tuple(path, direction), { minLength: 1, maxLength: 2, selector: ([name]) => name })
  .map((pairs) => Object.fromEntries(pairs));
const indexes: Record<string, 1 | -1>[] = [{ a: 1 }, { b: -1, a: 1 }, { 'c.d': 1 }, { c: 1, b: 1 }];

const SCAN = { $natural: 1 } as const;

describe('Against a plain scan', function suite() {
  this.timeout(60_000);
  const database = useNativeDatabase({ promoteValues: false });

  /** The documents twice: with indexes and without. */
  const twice = async (given: readonly Document[]): Promise<{ indexed: Collection; bare: Collection }> => {
    const all = given.filter(isIndexable).map((document, _id): Document => ({ _id, ...document }));
    const [indexed, bare] = [await database.collection(), await database.collection()];
    for (const key of indexes) await indexed.createIndex(key);
    if (all.length > 0) await Promise.all([indexed.insertMany(all), bare.insertMany(all)]);
    return { indexed, bare };
  };
  const ids = async (collection: Collection, question: Document, hint?: string | typeof SCAN) =>
    (
      await collection
        .find(question, hint ? { hint } : {})
        .sort({ _id: 1 })
        .toArray()
    ).map(({ _id }) => Number(_id));

  it('every filter finds the same through indexes, chosen freely or by hint', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        fc.array(filter, { minLength: 12, maxLength: 12 }),
        async (given, filters) => {
          const { indexed, bare } = await twice(given);
          for (const question of filters) {
            const expected = await ids(bare, question, SCAN);
            expect(await ids(indexed, question), JSON.stringify(question)).to.deep.equal(expected);
            for (const hint of ['a_1', 'b_-1_a_1', 'c.d_1'])
              expect(await ids(indexed, question, hint), `${hint} ${JSON.stringify(question)}`).to.deep.equal(
                expected,
              );
            expect(await indexed.countDocuments(question).then(Number)).to.equal(expected.length);
          }
          await Promise.all([indexed.drop(), bare.drop()]);
        },
      ),
      options(20),
    );
  });

  it('every sort gives the same order of keys through indexes', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        fc.array(fc.tuple(simple, sort), { minLength: 10, maxLength: 10 }),
        async (given, questions) => {
          const { indexed, bare } = await twice(given);
          for (const [question, by] of questions) {
            const order = { ...by, _id: 1 } as Record<string, 1 | -1>;
            const found = async (collection: Collection) =>
              (await collection.find(question).sort(order).toArray()).map(({ _id }) => Number(_id));
            expect(await found(indexed), JSON.stringify([question, by])).to.deep.equal(await found(bare));
            const part = async (collection: Collection) =>
              (await collection.find(question).sort(order).skip(1).limit(3).toArray()).map(({ _id }) =>
                Number(_id),
              );
            expect(await part(indexed)).to.deep.equal((await found(bare)).slice(1, 4));
          }
          await Promise.all([indexed.drop(), bare.drop()]);
        },
      ),
      options(20),
    );
  });

  const update = fc.oneof(
    fc.tuple(path, value).map(([name, given]): Document => ({ $set: { [name]: given } })),
    path.map((name): Document => ({ $unset: { [name]: 1 } })),
    fc.tuple(path, fc.integer({ min: -3, max: 3 })).map(([name, by]): Document => ({ $inc: { [name]: by } })),
    fc.tuple(path, scalar).map(([name, given]): Document => ({ $push: { [name]: given } })),
    fc.tuple(path, scalar).map(([name, given]): Document => ({ $addToSet: { [name]: given } })),
    fc.tuple(path, comparable).map(([name, given]): Document => ({ $pull: { [name]: given } })),
    fc.tuple(path, scalar).map(([name, given]): Document => ({ $max: { [name]: given } })),
  );

  it('updates and deletes leave the same documents, and indexes that agree with them', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        fc.array(fc.tuple(simple, update), { maxLength: 15 }),
        simple,
        async (given, changes, last) => {
          const { indexed, bare } = await twice(given);
          for (const [question, change] of changes) {
            // Which document is the first may differ by plan, so that each is named by its id.
            for (const _id of await ids(bare, question, SCAN)) {
              const one = { _id: _id as never };
              const [left, right] = [
                await indexed.updateOne(one, change).then(outcome, code),
                await bare.updateOne(one, change).then(outcome, code),
              ];
              if (left !== 171 && left !== right)
                expect(left, JSON.stringify([question, change])).to.equal(right);
              if (left === 171 && right !== 171)
                await bare.replaceOne(one, stripped(await indexed.findOne(one)));
            }
          }
          await Promise.all([indexed.deleteMany(last), bare.deleteMany(last)]);
          const all = (collection: Collection) => collection.find().sort({ _id: 1 }).toArray();
          expect(await all(indexed)).to.deep.equal(await all(bare));
          const checked = await database.db.command({ validate: indexed.collectionName });
          expect(checked.errors ?? []).to.deep.equal([]);
          await Promise.all([indexed.drop(), bare.drop()]);
        },
      ),
      options(15),
    );
  });
});

const outcome = ({ matchedCount }: { matchedCount: number }) => `matched ${Number(matchedCount)}`;
const code = (error: { code?: number }) => Number(error.code);

function stripped(document: Document | null): Document {
  const { _id: _, ...rest } = document ?? {};
  return rest;
}

/** No index takes two arrays of one document. */
function isIndexable({ a, b, c }: Document): boolean {
  return [a, b, c].filter((item) => Array.isArray(item)).length < 2;
}
