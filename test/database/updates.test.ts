import { expect } from 'chai';
import type { Document, Filter, UpdateFilter } from 'mongodb';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

type Case = readonly [title: string, before: Document, update: Document | Document[], after: Document];

const fields: Case[] = [
  ['set a field and make what leads to it', {}, { $set: { 'a.b': 1 } }, { a: { b: 1 } }],
  ['set several fields, new ones in the order of their names', {}, { $set: { b: 1, a: 2 } }, { b: 1, a: 2 }],
  ['unset a field', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
  ['unset an element to null', { a: [1, 2, 3] }, { $unset: { 'a.1': 1 } }, { a: [1, null, 3] }],
  ['pay no heed to unsetting what is not there', { a: 1 }, { $unset: { 'b.c': 1 } }, { a: 1 }],
  ['increase, from nothing too', { a: 1 }, { $inc: { a: 2, b: 3 } }, { a: 3, b: 3 }],
  ['multiply, nothing to zero', { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
  ['keep the less', { a: 5, b: 1 }, { $min: { a: 3, b: 3 } }, { a: 3, b: 1 }],
  [
    'keep the greater, by the order of types',
    { a: 5, b: 'x' },
    { $max: { a: 'y', b: 9 } },
    { a: 'y', b: 'x' },
  ],
  ['rename a field', { a: 1, b: 2 }, { $rename: { a: 'c' } }, { b: 2, c: 1 }],
  ['rename over what was there', { a: 1, b: 2 }, { $rename: { a: 'b' } }, { b: 1 }],
  ['combine bits', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  ['leave set-on-insert alone', { a: 1 }, { $setOnInsert: { a: 2, b: 3 } }, { a: 1 }],
  ['fill an array up to a position with null', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
  ['read a number as a field name in a document', { a: {} }, { $set: { 'a.0': 'x' } }, { a: { 0: 'x' } }],
];

const arrays: Case[] = [
  ['push to the end', { a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
  ['push into nothing', {}, { $push: { a: 1 } }, { a: [1] }],
  [
    'push each, at a place',
    { a: [1, 4] },
    { $push: { a: { $each: [2, 3], $position: 1 } } },
    { a: [1, 2, 3, 4] },
  ],
  ['push before the end', { a: [1, 4] }, { $push: { a: { $each: [3], $position: -1 } } }, { a: [1, 3, 4] }],
  [
    'push, sort, then slice',
    { a: [3, 1] },
    { $push: { a: { $each: [2], $sort: -1, $slice: 2 } } },
    { a: [3, 2] },
  ],
  [
    'keep the last when slicing from the end',
    { a: [1, 2] },
    { $push: { a: { $each: [3], $slice: -2 } } },
    { a: [2, 3] },
  ],
  [
    'sort pushed documents by a field',
    { a: [{ n: 2 }] },
    { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
    { a: [{ n: 1 }, { n: 2 }] },
  ],
  ['add to a set what is new', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
  [
    'tell documents of another field order apart in a set',
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  ['pop the last', { a: [1, 2, 3] }, { $pop: { a: 1 } }, { a: [1, 2] }],
  ['pop the first', { a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
  ['pull a value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ['pull by a condition', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  [
    'pull documents by some of their fields',
    { a: [{ x: 1, y: 1 }, { x: 2 }] },
    { $pull: { a: { x: 1 } } },
    { a: [{ x: 2 }] },
  ],
  [
    'pull documents by a condition on a field',
    { a: [{ n: 1 }, { n: 8 }] },
    { $pull: { a: { n: { $gt: 5 } } } },
    { a: [{ n: 1 }] },
  ],
  ['pull all of several', { a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  [
    'set in every element',
    { a: [{ n: 1 }, { n: 2 }] },
    { $set: { 'a.$[].n': 0 } },
    { a: [{ n: 0 }, { n: 0 }] },
  ],
  ['increase every element', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
];

const pipelines: Case[] = [
  [
    'compute a field from others',
    { a: 1, b: 2 },
    [{ $set: { c: { $add: ['$a', '$b'] } } }],
    { a: 1, b: 2, c: 3 },
  ],
  ['run stage after stage', { a: 1 }, [{ $set: { b: '$a' } }, { $unset: 'a' }], { b: 1 }],
  ['replace the whole', { a: { b: 1 } }, [{ $replaceWith: '$a' }], { b: 1 }],
];

const refused: [title: string, before: Document, update: Document, code: number][] = [
  ['two changes of one field', {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['a change of a field and of what is in it', {}, { $set: { a: {} }, $inc: { 'a.b': 1 } }, 40],
  ['a path through a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['a sum with a text', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['pushing to what is no array', { a: 1 }, { $push: { a: 1 } }, 2],
  ['another id', {}, { $set: { _id: 99 } }, 66],
  ['an operator that does not exist', {}, { $nothing: { a: 1 } }, 9],
  ['an empty path', {}, { $set: { '': 1 } }, 56],
  ['a path that ends with a dot', {}, { $set: { 'a.': 1 } }, 56],
  ['a filter for elements that is not given', { a: [1] }, { $set: { 'a.$[x]': 1 } }, 2],
  ['a position that the filter did not find', { a: [1] }, { $set: { 'a.$': 1 } }, 2],
];

describe('Updates', () => {
  const { collection } = useNativeDatabase();
  const changed = async (
    before: Document,
    update: Document | Document[],
    options: Document = {},
    filter: Document = {},
  ) => {
    const things = await collection([{ _id: 1, ...before }]);
    await things.updateOne(filter as Filter<Document>, update as UpdateFilter<Document>, options);
    return things.findOne({}, { projection: { _id: 0 } });
  };

  for (const [subject, cases] of Object.entries({ fields, arrays, pipelines }))
    describe(subject, () => {
      for (const [title, before, update, after] of cases)
        it(title, async () => {
          expect(await changed(before, update)).to.deep.equal(after);
        });
    });

  for (const [title, before, update, code] of refused)
    it(`refuse ${title} and change nothing`, async () => {
      const things = await collection([{ _id: 1, ...before }]);
      const refusal = await refusalOf(things.updateOne({}, update));
      expect(refusal.code).to.equal(code);
      expect(await things.findOne()).to.deep.equal({ _id: 1, ...before });
    });

  it('change the element that the filter found', async () => {
    const before = {
      a: [
        { k: 'x', n: 1 },
        { k: 'y', n: 1 },
      ],
    };
    expect(await changed(before, { $inc: { 'a.$.n': 1 } }, {}, { 'a.k': 'y' })).to.deep.equal({
      a: [
        { k: 'x', n: 1 },
        { k: 'y', n: 2 },
      ],
    });
  });

  it('change the elements that named filters choose', async () => {
    const before = { a: [{ n: 1 }, { n: 5 }, { n: 9 }] };
    const after = await changed(
      before,
      { $set: { 'a.$[big].big': true } },
      { arrayFilters: [{ 'big.n': { $gte: 5 } }] },
    );
    expect(after).to.deep.equal({ a: [{ n: 1 }, { n: 5, big: true }, { n: 9, big: true }] });
  });

  it('choose elements in arrays within arrays', async () => {
    const before = { a: [{ b: [1, 6] }, { b: [7] }] };
    const after = await changed(
      before,
      { $inc: { 'a.$[].b.$[x]': 10 } },
      { arrayFilters: [{ x: { $gt: 5 } }] },
    );
    expect(after).to.deep.equal({ a: [{ b: [1, 16] }, { b: [17] }] });
  });

  it('refuse a named filter that nothing uses', async () => {
    const things = await collection([{ a: [1] }]);
    const work = things.updateOne({}, { $set: { 'a.$[x]': 2 } }, { arrayFilters: [{ x: 1 }, { y: 1 }] });
    expect((await refusalOf(work)).code).to.equal(9);
  });

  it('write the time of the server', async () => {
    const began = Date.now();
    const after = await changed({}, { $currentDate: { at: true } });
    expect(after?.at.getTime()).to.be.within(began - 5_000, Date.now() + 5_000);
  });

  it('tell matched from modified', async () => {
    const things = await collection([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    const { matchedCount, modifiedCount } = await things.updateMany({}, { $set: { a: 1 } });
    expect({ matchedCount, modifiedCount }).to.deep.equal({ matchedCount: 2, modifiedCount: 1 });
  });

  it('replace a document and keep its id', async () => {
    const things = await collection([{ _id: 7, a: 1, b: 2 }]);
    await things.replaceOne({ a: 1 }, { c: 3 });
    expect(await things.findOne()).to.deep.equal({ _id: 7, c: 3 });
  });

  it('refuse to replace many', async () => {
    const things = await collection([{ a: 1 }]);
    const name = things.collectionName;
    const reply = things.db.command({ update: name, updates: [{ q: {}, u: { b: 1 }, multi: true }] });
    const error = await reply.then(
      (answer) => answer.writeErrors[0],
      (failure) => failure,
    );
    expect(error.code).to.equal(9);
  });
});
