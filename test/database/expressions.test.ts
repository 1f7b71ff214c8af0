import { expect } from 'chai';
import type { Document } from 'mongodb';
import { useNativeDatabase } from '../support/native-database.ts';

const at = (text: string) => new Date(`${text}Z`);
const post = { _id: 1, network: 'x', reach: 10, tags: ['a', 'b'], at: at('2026-03-01T10:30:00') };

type Case = readonly [title: string, pipeline: Document[], result: Document[]];

const one = (expression: unknown): Document[] => [{ $project: { _id: 0, v: expression } }];
const expressions: Case[] = [
  ['choose by a condition', one({ $cond: [{ $gt: ['$reach', 5] }, 'high', 'low'] }), [{ v: 'high' }]],
  ['fall back from missing', one({ $ifNull: ['$nothing', '$network'] }), [{ v: 'x' }]],
  [
    'switch',
    // biome-ignore lint/suspicious/noThenProperty: MongoDB's own word
    one({ $switch: { branches: [{ case: { $eq: ['$network', 'x'] }, then: 1 }], default: 2 } }),
    [{ v: 1 }],
  ],
  [
    'truncate a date to its day',
    one({ $dateTrunc: { date: '$at', unit: 'day' } }),
    [{ v: at('2026-03-01T00:00:00') }],
  ],
  [
    'truncate a date by time zone',
    one({ $dateTrunc: { date: '$at', unit: 'day', timezone: 'Asia/Tokyo' } }),
    [{ v: at('2026-02-28T15:00:00') }],
  ],
  [
    'write a date as text',
    one({ $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M' } }),
    [{ v: '2026-03-01 10:30' }],
  ],
  [
    'tell days between dates',
    one({ $dateDiff: { startDate: '$at', endDate: at('2026-03-03T09:00:00'), unit: 'day' } }),
    [{ v: 2 }],
  ],
  [
    'add to a date',
    one({ $dateAdd: { startDate: '$at', unit: 'month', amount: 1 } }),
    [{ v: at('2026-04-01T10:30:00') }],
  ],
  [
    'map, filter and reduce',
    one({
      $reduce: {
        input: {
          $map: {
            input: { $filter: { input: [1, 2, 3], cond: { $gt: ['$$this', 1] } } },
            in: { $multiply: ['$$this', 10] },
          },
        },
        initialValue: 0,
        in: { $add: ['$$value', '$$this'] },
      },
    }),
    [{ v: 50 }],
  ],
  ['join texts', one({ $concat: ['$network', '-', { $toString: '$reach' }] }), [{ v: 'x-10' }]],
  ['give null for a text joined with nothing', one({ $concat: ['$network', '$nothing'] }), [{ v: null }]],
  ['measure an array', one({ $size: '$tags' }), [{ v: 2 }]],
  ['take an element by place', one({ $arrayElemAt: ['$tags', -1] }), [{ v: 'b' }]],
  ['divide to a fraction', one({ $divide: ['$reach', 4] }), [{ v: 2.5 }]],
  ['name a type', one({ $type: '$reach' }), [{ v: 'int' }]],
  ['name what is missing', one({ $type: '$nothing' }), [{ v: 'missing' }]],
  ['compare across types', one({ $lt: ['$reach', '$network'] }), [{ v: true }]],
  ['leave a computed missing field out', one('$nothing'), [{}]],
  [
    'use variables of their own',
    one({ $let: { vars: { a: 2 }, in: { $add: ['$$a', '$reach'] } } }),
    [{ v: 12 }],
  ],
];

describe('Expressions', () => {
  const { collection } = useNativeDatabase();

  for (const [title, pipeline, result] of expressions)
    it(title, async () => {
      const things = await collection([post]);
      expect(await things.aggregate(pipeline).toArray()).to.deep.equal(result);
    });
});
