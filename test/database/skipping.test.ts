import { expect } from 'chai';
import fc from 'fast-check';
import { Decimal128, type Document, Double, Int32, Long } from 'mongodb';
import { useNativeDatabase } from '../support/native-database.ts';

/** Printed by fast-check with the shrunken example when a property fails. */
const options = (numRuns: number) => ({ seed: 20_261_124, numRuns, endOnFailure: true });

const key = fc.oneof(
  fc.constantFrom(null, 0, 1, 2, 'a', 'ab', 'b', /^a/, { b: 1 }),
  fc.constantFrom(Long.fromNumber(1), new Double(2), new Int32(0), Decimal128.fromString('1.0'), Number.NaN),
);
const value = fc.oneof({ weight: 5, arbitrary: key }, fc.array(key, { maxLength: 3 }));
const documentsOf = (a: fc.Arbitrary<unknown>) =>
  fc.array(fc.record({ a, b: fc.constantFrom(1, 2, 'x', null) }, { requiredKeys: [] }), {
    minLength: 10,
    maxLength: 60,
  });
/** Only where no field holds an array does an index decide by its keys alone. */
const documents = fc.oneof(documentsOf(key), documentsOf(value));
const listed = fc.oneof(key, fc.constantFrom<unknown>(/b$/, /^A/i, [1], ['a', 'b']));
const question = fc.oneof(
  fc.array(listed, { maxLength: 5 }).map((list): Document => ({ a: { $in: list } })),
  fc.array(listed, { maxLength: 5 }).map((list): Document => ({ a: { $nin: list } })),
  fc
    .tuple(fc.array(listed, { maxLength: 3 }), fc.constantFrom(1, 2, 'x', null))
    .map(([list, b]): Document => ({ a: { $in: list }, b })),
  fc.constantFrom<Document>(
    { a: /^a/, b: 1 },
    { a: /b$/, b: { $in: [1, 'x'] } },
    { a: { $gte: 1 } },
    { a: { $exists: true }, b: 1 },
    { a: { $exists: false } },
    { b: 'x' },
  ),
);

describe('Passing over what an index found', function suite() {
  this.timeout(60_000);
  const database = useNativeDatabase();
  const numbers = (found: readonly Document[]) => found.map(({ _id }) => Number(_id));

  it('finds, skips and counts the same as when everything is read, also after deletes in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        fc.array(question, { minLength: 6, maxLength: 6 }),
        fc.nat(12),
        async (given, questions, skip) => {
          const all = given.map((document, _id): Document => ({ _id, ...document }));
          const things = await database.collection(all);
          for (const index of [
            { a: 1, b: 1, _id: 1 },
            { a: -1, b: -1 },
            { b: 1, _id: 1 },
          ] as const)
            await things.createIndex(index);
          for (const filter of questions) {
            const plain = numbers(
              await things
                .find(filter, { hint: { $natural: 1 } })
                .sort({ _id: 1 })
                .toArray(),
            );
            const said = JSON.stringify(filter);
            const paged = things.find(filter).sort({ _id: 1 }).skip(skip).limit(5);
            expect(numbers(await paged.toArray()), said).to.deep.equal(plain.slice(skip, skip + 5));
            const rest = await things.find(filter).skip(skip).toArray();
            expect(rest.length, said).to.equal(Math.max(0, plain.length - skip));
            expect(plain, said).to.include.members(numbers(rest));
            expect(await things.countDocuments(filter, { skip }), said).to.equal(rest.length);
            const [counted] = await things.aggregate([{ $match: filter }, { $count: 'n' }]).toArray();
            expect(counted?.n ?? 0, said).to.equal(plain.length);

            const cursor = things.find(filter).sort({ b: 1, _id: 1 }).skip(skip).batchSize(2);
            const first = await cursor.next();
            const gone = plain.filter((_, place) => place % 3 === 0);
            await things.deleteMany({ _id: { $in: gone as never[] } });
            const later = numbers(await cursor.toArray());
            if (gone.length > 0) await things.insertMany(all.filter(({ _id }) => gone.includes(_id)));
            const seen = [...(first ? numbers([first]) : []), ...later];
            expect(new Set(seen).size, said).to.equal(seen.length);
            expect(plain, said).to.include.members(seen);
          }
          await things.drop();
        },
      ),
      options(20),
    );
  });

  const wanted = fc.uniqueArray(fc.constantFrom('_id', 'a', 'b', 'c', 'list', 'none'), { minLength: 1 });
  const projection = fc
    .tuple(
      wanted,
      fc.constantFrom<unknown>(1, true, 2.5, Long.fromNumber(1), 0, false),
      fc.constantFrom(0, 1, null),
    )
    .map(([names, given, id]): Document => {
      const fields = names.filter((name) => name !== '_id').map((name) => [name, given]);
      return Object.fromEntries(id === null ? fields : [['_id', id], ...fields]);
    });

  it('shows and hides whole fields as an expression does, in the order of the document', async () => {
    const things = await database.collection([
      { _id: 1, c: { d: [1, { e: null }] }, a: Long.MAX_VALUE, list: [[], { b: 1 }], b: 'x' },
      { b: undefined, a: null, _id: 2 },
      { _id: 3 },
    ] as Document[]);
    const whole = await things.find().sort({ _id: 1 }).toArray();
    await fc.assert(
      fc.asyncProperty(projection, async (given) => {
        const found = await things.find({}, { projection: given }).sort({ _id: 1 }).toArray();
        const names = Object.entries(given);
        const isOn = (on: unknown) => on === true || (typeof on !== 'boolean' && Number(on) !== 0);
        const others = names.filter(([name]) => name !== '_id');
        const [decisive] = others.length > 0 ? others : names;
        const shows = decisive !== undefined && isOn(decisive[1]);
        const isShown = (name: string) => {
          if (name === '_id') return '_id' in given ? isOn(given._id) : true;
          return name in given ? isOn(given[name]) : !shows;
        };
        const expected = whole.map((document) => Object.entries(document).filter(([name]) => isShown(name)));
        expect(
          found.map((document) => Object.entries(document)),
          JSON.stringify(given),
        ).to.deep.equal(expected);
      }),
      options(60),
    );
  });
});
