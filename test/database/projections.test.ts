import { expect } from 'chai';
import type { Document } from 'mongodb';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

const whole = {
  _id: 1,
  a: 1,
  b: { c: 2, d: 3 },
  list: [
    { k: 'x', n: 1 },
    { k: 'y', n: 2 },
  ],
  nums: [1, 2, 3, 4],
};

const cases: [title: string, projection: Document, shown: Document][] = [
  ['shows named fields and the id', { a: 1 }, { _id: 1, a: 1 }],
  ['leaves the id out when told', { _id: 0, a: 1 }, { a: 1 }],
  ['hides named fields', { b: 0, list: 0, nums: 0 }, { _id: 1, a: 1 }],
  ['shows the id alone', { _id: 1 }, { _id: 1 }],
  ['hides the id alone', { _id: 0, list: 0, nums: 0 }, { a: 1, b: { c: 2, d: 3 } }],
  ['hides fields and keeps the id that is asked for', { _id: 1, b: 0, list: 0, nums: 0 }, { _id: 1, a: 1 }],
  [
    'shows an array and a document whole',
    { b: 1, nums: 1 },
    { _id: 1, b: { c: 2, d: 3 }, nums: [1, 2, 3, 4] },
  ],
  ['shows a field inside', { 'b.c': 1, _id: 0 }, { b: { c: 2 } }],
  ['reads nested documents as paths', { b: { c: 1 }, _id: 0 }, { b: { c: 2 } }],
  ['hides a field inside', { 'b.c': 0, list: 0, nums: 0, _id: 0 }, { a: 1, b: { d: 3 } }],
  ['goes into every element', { 'list.k': 1, _id: 0 }, { list: [{ k: 'x' }, { k: 'y' }] }],
  ['passes over fields that do not exist', { nothing: 1, _id: 0 }, {}],
  ['shows the first elements', { nums: { $slice: 2 }, _id: 0, a: 1 }, { a: 1, nums: [1, 2] }],
  ['shows the last elements', { nums: { $slice: -1 }, _id: 0, a: 1 }, { a: 1, nums: [4] }],
  ['shows elements from a place on', { nums: { $slice: [1, 2] }, _id: 0, a: 1 }, { a: 1, nums: [2, 3] }],
  [
    'shows the first element that matches',
    { list: { $elemMatch: { n: { $gt: 1 } } }, _id: 0 },
    { list: [{ k: 'y', n: 2 }] },
  ],
  ['leaves an array without a match out', { list: { $elemMatch: { n: 9 } }, _id: 0 }, {}],
  ['computes a field', { _id: 0, sum: { $add: ['$a', '$b.c'] } }, { sum: 3 }],
  ['renames a field', { _id: 0, inner: '$b.d' }, { inner: 3 }],
  ['writes a literal', { _id: 0, a: 1, one: { $literal: 1 } }, { a: 1, one: 1 }],
];

describe('A projection', () => {
  const { collection } = useNativeDatabase();

  for (const [title, projection, shown] of cases)
    it(title, async () => {
      const things = await collection([whole]);
      expect(await things.findOne({}, { projection })).to.deep.equal(shown);
    });

  it('shows the element that the filter found', async () => {
    const things = await collection([whole]);
    const shown = await things.findOne({ 'list.k': 'y' }, { projection: { _id: 0, 'list.$': 1 } });
    expect(shown).to.deep.equal({ list: [{ k: 'y', n: 2 }] });
  });

  const refused: [string, Document, number][] = [
    ['fields shown and hidden', { a: 1, b: 0 }, 31254],
    ['fields hidden and shown', { a: 0, b: 1 }, 31253],
    ['a path and its beginning', { b: 1, 'b.c': 1 }, 31249],
    ['an expression that does not exist', { a: { $nothing: 1 } }, 31325],
  ];
  for (const [title, projection, code] of refused)
    it(`refuses ${title}`, async () => {
      const things = await collection([whole]);
      expect((await refusalOf(things.findOne({}, { projection }))).code).to.equal(code);
    });
});
