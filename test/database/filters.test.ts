import { expect } from 'chai';
import { Binary, Decimal128, type Document, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import { idsOf, refusalOf, useNativeDatabase } from '../support/native-database.ts';

const [anId, another, third] = [new ObjectId(), new ObjectId(), new ObjectId()];
const day = (text: string) => new Date(`${text}T00:00:00Z`);

/** Each: what it says, the documents (ids are their positions), the filter, and the ids it finds. */
type Case = readonly [title: string, documents: Document[], filter: Document, ids: number[]];

const values = [
  { a: 1 },
  { a: 2.5 },
  { a: '2' },
  { a: null },
  {},
  { a: [1, 3] },
  { a: { b: 1 } },
  { a: true },
];

const comparisons: Case[] = [
  ['finds equal numbers of every type', [{ a: 1 }, { a: Long.fromNumber(1) }, { a: 1.5 }], { a: 1 }, [0, 1]],
  ['finds an array by one of its elements', values, { a: 3 }, [5]],
  ['finds an array as a whole', values, { a: [1, 3] }, [5]],
  ['tells a different order of elements apart', values, { a: [3, 1] }, []],
  ['finds null and missing alike', values, { a: null }, [3, 4]],
  ['compares only within a type', values, { a: { $gt: 1 } }, [1, 5]],
  ['compares texts with texts', values, { a: { $gte: '2' } }, [2]],
  ['reads lte null as equal to null', values, { a: { $lte: null } }, [3, 4]],
  ['finds embedded documents exactly', values, { a: { b: 1 } }, [6]],
  ['minds the order of embedded fields', [{ a: { x: 1, y: 2 } }], { a: { y: 2, x: 1 } }, []],
  ['asks inside embedded documents', values, { 'a.b': 1 }, [6]],
  ['negates with ne, missing included', values, { a: { $ne: 1 } }, [1, 2, 3, 4, 6, 7]],
  ['finds any of several', values, { a: { $in: [2.5, '2', null] } }, [1, 2, 3, 4]],
  [
    'finds equal numbers of every type in a list',
    [
      { a: 1 },
      { a: Long.fromNumber(1) },
      { a: Decimal128.fromString('1.0') },
      { a: '1' },
      { a: -0 },
      { a: 2 },
    ],
    { a: { $in: [1, Long.fromNumber(0)] } },
    [0, 1, 2, 4],
  ],
  [
    'tells a timestamp from a long number',
    [{ a: new Timestamp({ t: 1, i: 1 }) }, { a: Long.fromNumber(1) }],
    { a: { $type: 'timestamp' } },
    [0],
  ],
  [
    'counts no timestamp among numbers',
    [{ a: new Timestamp({ t: 1, i: 1 }) }, { a: Long.fromNumber(1) }],
    { a: { $type: 'number' } },
    [1],
  ],
  [
    'finds ids among others in a list',
    [{ a: anId }, { a: [another, 5] }, { a: third }, { a: third.toHexString() }, { a: 'x' }],
    { a: { $in: [another, new ObjectId(anId.toHexString()), 'x'] } },
    [0, 1, 4],
  ],
  ['finds texts by patterns in a list', [{ a: 'abc' }, { a: 'xyz' }], { a: { $in: [/^a/] } }, [0]],
  ['finds none of several', values, { a: { $nin: [1, '2', null] } }, [1, 6, 7]],
  [
    'compares dates',
    [{ a: day('2026-01-01') }, { a: day('2026-02-01') }],
    { a: { $lt: day('2026-01-15') } },
    [0],
  ],
  ['does not take a number for a date', [{ a: 0 }, { a: new Date(0) }], { a: { $gte: new Date(0) } }, [1]],
  [
    'takes both bounds from different elements',
    [{ a: [1, 9] }, { a: [5] }],
    { a: { $gt: 4, $lt: 6 } },
    [0, 1],
  ],
  ['finds everything above the least key', [{ a: 1 }, { a: null }, {}], { a: { $gt: new MinKey() } }, [0, 1]],
  ['finds everything below the greatest key', [{ a: 1 }, { a: 'x' }], { a: { $lt: new MaxKey() } }, [0, 1]],
  ['finds not-a-number by itself only', [{ a: Number.NaN }, { a: 0 }], { a: Number.NaN }, [0]],
  ['leaves not-a-number out of ranges', [{ a: Number.NaN }, { a: 3 }], { a: { $lt: 5 } }, [1]],
  ['tells true from one', [{ a: true }, { a: 1 }], { a: true }, [0]],
  ['finds minus zero as zero', [{ a: -0 }, { a: 0 }], { a: 0 }, [0, 1]],
];

const logic: Case[] = [
  ['joins with or', values, { $or: [{ a: 1 }, { a: '2' }] }, [0, 2, 5]],
  ['joins with and on the same field', values, { $and: [{ a: 1 }, { a: 3 }] }, [5]],
  ['excludes with nor', values, { $nor: [{ a: { $exists: true } }] }, [4]],
  ['negates an operator, missing included', values, { a: { $not: { $gt: 1 } } }, [0, 2, 3, 4, 6, 7]],
  ['negates a pattern', [{ a: 'abc' }, { a: 'x' }, {}], { a: { $not: /b/ } }, [1, 2]],
  [
    'computes with expr',
    [
      { a: 5, b: 3 },
      { a: 2, b: 4 },
    ],
    { $expr: { $gt: ['$a', '$b'] } },
    [0],
  ],
  ['passes over a comment', [{ a: 1 }], { a: 1, $comment: 'why' }, [0]],
];

const elements: Case[] = [
  ['knows fields that exist, null included', values, { a: { $exists: true } }, [0, 1, 2, 3, 5, 6, 7]],
  ['knows fields that do not exist', values, { a: { $exists: false } }, [4]],
  ['reads null as false where presence is asked', values, { a: { $exists: null } }, [4]],
  ['asks for a type by name', values, { a: { $type: 'string' } }, [2]],
  ['asks for every number at once', values, { a: { $type: 'number' } }, [0, 1, 5]],
  ['asks for an array', values, { a: { $type: 'array' } }, [5]],
  ['asks for one of several types by number', values, { a: { $type: [8, 10] } }, [3, 7]],
  ['finds by remainder', [{ a: 7 }, { a: 8 }, { a: -3 }], { a: { $mod: [4, 3] } }, [0]],
  [
    'finds by pattern with options',
    [{ a: 'Come Home' }, { a: 'x' }],
    { a: { $regex: '^come', $options: 'i' } },
    [0],
  ],
  ['lets a dot pass lines only when asked', [{ a: 'x\ny' }], { a: { $regex: 'x.y' } }, []],
  ['reads a pattern over several lines', [{ a: 'x\ny' }], { a: /^y$/m }, [0]],
  ['finds set bits', [{ a: 6 }, { a: 1 }], { a: { $bitsAllSet: [1, 2] } }, [0]],
  ['finds clear bits', [{ a: 6 }, { a: 1 }], { a: { $bitsAllClear: 6 } }, [1]],
  ['finds any set bit', [{ a: 6 }, { a: 1 }], { a: { $bitsAnySet: 3 } }, [0, 1]],
];

const orders = [
  {
    lines: [
      { sku: 'x', n: 1 },
      { sku: 'y', n: 9 },
    ],
  },
  { lines: [{ sku: 'x', n: 9 }] },
  { lines: [] },
  { lines: { sku: 'x', n: 9 } },
];

const arrays: Case[] = [
  ['asks different elements for different paths', orders, { 'lines.sku': 'x', 'lines.n': 9 }, [0, 1, 3]],
  ['asks one element for both with elemMatch', orders, { lines: { $elemMatch: { sku: 'x', n: 9 } } }, [1]],
  [
    'asks plain elements with elemMatch',
    [{ a: [1, 9] }, { a: [5] }],
    { a: { $elemMatch: { $gt: 4, $lt: 6 } } },
    [1],
  ],
  ['asks an element by position', orders, { 'lines.0.n': 9 }, [1]],
  ['reads a number as a field name, too', [{ a: { 0: 'x' } }, { a: ['x'] }], { 'a.0': 'x' }, [0, 1]],
  ['knows a position that is not there', [{ a: [] }, { a: [1] }, {}], { 'a.0': { $exists: false } }, [0, 2]],
  ['knows a position that is there', [{ a: [] }, { a: [1] }, {}], { 'a.0': { $exists: true } }, [1]],
  [
    'knows a field that no element has',
    [{ a: [{ b: 1 }, {}] }, { a: [{}] }, { a: [1] }, { a: [] }, { a: 1 }],
    { 'a.b': { $exists: false } },
    [1, 2, 3, 4],
  ],
  ['asks for all of several', [{ a: [1, 2, 3] }, { a: [1, 2] }, { a: 1 }], { a: { $all: [1, 3] } }, [0]],
  ['takes a single value for all of one', [{ a: 1 }, { a: [1] }], { a: { $all: [1] } }, [0, 1]],
  ['asks for a length', [{ a: [] }, { a: [1, 2] }, { a: 2 }], { a: { $size: 2 } }, [1]],
  ['finds an empty array', [{ a: [] }, { a: [[]] }, {}], { a: [] }, [0, 1]],
  ['does not find an array in an array in an array', [{ a: [[1]] }], { a: 1 }, []],
  ['finds missing inside elements', [{ a: [{ b: 1 }, {}] }, { a: [{ b: 1 }] }], { 'a.b': null }, [0]],
  ['does not find missing inside plain elements', [{ a: [1, 2] }, { a: [] }], { 'a.b': null }, []],
];

describe('Filters', () => {
  const { collection } = useNativeDatabase();

  for (const [subject, cases] of Object.entries({ comparisons, logic, elements, arrays }))
    describe(subject, () => {
      for (const [title, documents, filter, ids] of cases)
        it(title, async () => {
          const things = await collection(documents.map((document, _id) => ({ _id, ...document })));
          expect(await idsOf(things, filter)).to.deep.equal(ids);
        });
    });

  it('find ids and bytes', async () => {
    const id = new ObjectId();
    const things = await collection([{ _id: id, bytes: new Binary(Buffer.from('abc')) }]);
    expect(await idsOf(things, { _id: id, bytes: new Binary(Buffer.from('abc')) })).to.deep.equal([id]);
    expect(await idsOf(things, { bytes: new Binary(Buffer.from('abd')) })).to.deep.equal([]);
  });

  const malformed: [string, Document, number][] = [
    ['an operator that does not exist', { a: { $near2: 1 } }, 2],
    ['an operator that does not exist at the top', { $nothing: 1 }, 2],
    ['an or without a list', { $or: {} }, 2],
    ['an or of nothing', { $or: [] }, 2],
    ['an in without a list', { a: { $in: 1 } }, 2],
    ['a size below zero', { a: { $size: -1 } }, 2],
    ['a division by zero', { a: { $mod: [0, 1] } }, 2],
    ['a not of a value', { a: { $not: 1 } }, 2],
    ['a pattern with an unknown option', { a: { $regex: 'a', $options: 'q' } }, 51108],
    ['a broken pattern', { a: { $regex: '(' } }, 51091],
    ['an expression that does not exist', { $expr: { $nothing: 1 } }, 168],
  ];
  for (const [title, filter, code] of malformed)
    it(`refuse ${title}`, async () => {
      const things = await collection([{ a: 1 }]);
      expect((await refusalOf(things.find(filter).toArray())).code).to.equal(code);
    });
});
