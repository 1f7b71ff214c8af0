import { expect } from 'chai';
import type { Document } from 'mongodb';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

const at = (text: string) => new Date(`${text}Z`);
const posts = [
  { _id: 1, network: 'x', reach: 10, tags: ['a', 'b'], at: at('2026-03-01T10:30:00') },
  { _id: 2, network: 'x', reach: 30, tags: ['b'], at: at('2026-03-01T23:59:59') },
  { _id: 3, network: 'm', reach: 20, tags: [], at: at('2026-03-02T00:00:00') },
  { _id: 4, network: 'm', reach: null, at: at('2026-04-10T12:00:00') },
];

type Case = readonly [title: string, pipeline: Document[], result: Document[]];

const stages: Case[] = [
  ['match and count', [{ $match: { network: 'x' } }, { $count: 'n' }], [{ n: 2 }]],
  ['count nothing as no document', [{ $match: { network: 'z' } }, { $count: 'n' }], []],
  [
    'sort, skip and limit',
    [{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }],
    [{ _id: 3 }],
  ],
  [
    'show, hide and compute',
    [{ $limit: 1 }, { $project: { _id: 0, n: { $multiply: ['$reach', 2] } } }],
    [{ n: 20 }],
  ],
  [
    'add fields and unset them',
    [{ $limit: 1 }, { $set: { b: 1 } }, { $unset: ['tags', 'at', 'network'] }],
    [{ _id: 1, reach: 10, b: 1 }],
  ],
  [
    'unwind elements',
    [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'a' },
      { _id: 1, tags: 'b' },
      { _id: 2, tags: 'b' },
    ],
  ],
  [
    'unwind with what is empty, and say where',
    [
      { $unwind: { path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
      { $match: { _id: { $gt: 1 } } },
      { $project: { tags: 1, i: { $toInt: '$i' } } },
    ],
    [
      { _id: 2, tags: 'b', i: 0 },
      { _id: 3, i: null },
      { _id: 4, i: null },
    ],
  ],
  [
    'replace the root',
    [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { k: '$network' } } }],
    [{ k: 'x' }],
  ],
  [
    'sort by count',
    [{ $unwind: '$tags' }, { $sortByCount: '$tags' }],
    [
      { _id: 'b', count: 2 },
      { _id: 'a', count: 1 },
    ],
  ],
  [
    'put into buckets',
    [{ $bucket: { groupBy: '$_id', boundaries: [0, 3, 4], default: 'rest', output: { n: { $sum: 1 } } } }],
    [
      { _id: 0, n: 2 },
      { _id: 3, n: 1 },
      { _id: 'rest', n: 1 },
    ],
  ],
  [
    'answer several questions at once',
    [{ $facet: { x: [{ $match: { network: 'x' } }, { $count: 'n' }], none: [{ $match: { a: 1 } }] } }],
    [{ x: [{ n: 2 }], none: [] }],
  ],
  [
    'union with a pipeline of documents',
    [
      { $match: { _id: 1 } },
      { $project: { _id: 1 } },
      { $unionWith: { pipeline: [{ $documents: [{ _id: 9 }] }] } },
    ],
    [{ _id: 1 }, { _id: 9 }],
  ],
  [
    'redact by level',
    [{ $match: { _id: 1 } }, { $redact: { $cond: [{ $eq: ['$network', 'x'] }, '$$PRUNE', '$$KEEP'] } }],
    [],
  ],
  [
    'look through a window',
    [
      { $match: { reach: { $ne: null } } },
      {
        $setWindowFields: {
          sortBy: { _id: 1 },
          output: { sum: { $sum: '$reach', window: { documents: ['unbounded', 'current'] } } },
        },
      },
      { $project: { sum: 1 } },
    ],
    [
      { _id: 1, sum: 10 },
      { _id: 2, sum: 40 },
      { _id: 3, sum: 60 },
    ],
  ],
];

const groups: Case[] = [
  [
    'add up, count and average, null left out',
    [
      { $group: { _id: '$network', n: { $sum: 1 }, sum: { $sum: '$reach' }, mean: { $avg: '$reach' } } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 'm', n: 2, sum: 20, mean: 20 },
      { _id: 'x', n: 2, sum: 40, mean: 20 },
    ],
  ],
  [
    'group everything under null',
    [{ $group: { _id: null, least: { $min: '$reach' }, most: { $max: '$reach' } } }],
    [{ _id: null, least: 10, most: 30 }],
  ],
  [
    'take first and last by the sort',
    [{ $sort: { _id: 1 } }, { $group: { _id: null, first: { $first: '$_id' }, last: { $last: '$_id' } } }],
    [{ _id: null, first: 1, last: 4 }],
  ],
  [
    'collect all',
    [{ $sort: { _id: 1 } }, { $group: { _id: '$network', ids: { $push: '$_id' } } }, { $sort: { _id: 1 } }],
    [
      { _id: 'm', ids: [3, 4] },
      { _id: 'x', ids: [1, 2] },
    ],
  ],
  [
    'collect each once',
    [
      { $group: { _id: null, all: { $addToSet: '$network' } } },
      { $project: { _id: 0, n: { $size: '$all' } } },
    ],
    [{ n: 2 }],
  ],
  [
    'group by several fields',
    [
      { $group: { _id: { n: '$network', d: { $dayOfMonth: '$at' } }, c: { $count: {} } } },
      { $sort: { '_id.n': 1, '_id.d': 1 } },
      { $limit: 1 },
    ],
    [{ _id: { n: 'm', d: 2 }, c: 1 }],
  ],
  [
    'take the first few',
    [{ $sort: { _id: 1 } }, { $group: { _id: null, two: { $firstN: { input: '$_id', n: 2 } } } }],
    [{ _id: null, two: [1, 2] }],
  ],
  [
    'take the top by a sort of their own',
    [{ $group: { _id: null, best: { $top: { sortBy: { reach: -1 }, output: '$_id' } } } }],
    [{ _id: null, best: 2 }],
  ],
  [
    'measure the spread',
    [
      { $group: { _id: null, s: { $stdDevPop: '$reach' } } },
      { $project: { _id: 0, s: { $round: ['$s', 4] } } },
    ],
    [{ s: 8.165 }],
  ],
];

describe('An aggregation', () => {
  const { collection } = useNativeDatabase();

  for (const [subject, cases] of Object.entries({ stages, groups }))
    describe(subject, () => {
      for (const [title, pipeline, result] of cases)
        it(title, async () => {
          const things = await collection(posts);
          expect(await things.aggregate(pipeline).toArray()).to.deep.equal(result);
        });
    });

  it('takes a sample without repetition', async () => {
    const things = await collection(posts);
    const ids = (await things.aggregate([{ $sample: { size: 3 } }]).toArray()).map(({ _id }) => _id);
    expect(new Set(ids).size).to.equal(3);
  });

  it('reads the caller’s variables', async () => {
    const things = await collection(posts);
    const found = await things
      .aggregate([{ $match: { $expr: { $eq: ['$_id', '$$wanted'] } } }], { let: { wanted: 2 } })
      .toArray();
    expect(found.map(({ _id }) => _id)).to.deep.equal([2]);
  });

  const refused: [string, Document[], number][] = [
    ['a stage that does not exist', [{ $nothing: {} }], 40324],
    ['a stage of two', [{ $match: {}, $limit: 1 }], 40323],
    ['a limit of zero', [{ $limit: 0 }], 15958],
    ['an accumulator that does not exist', [{ $group: { _id: null, a: { $nothing: 1 } } }], 15952],
    ['a group without an id', [{ $group: { a: { $sum: 1 } } }], 15955],
    ['a path without a dollar to unwind', [{ $unwind: 'tags' }], 28818],
    ['the size of what is no array', [{ $project: { n: { $size: '$network' } } }], 17124],
    ['an output that is not the last', [{ $out: 'x' }, { $match: {} }], 40601],
  ];
  for (const [title, pipeline, code] of refused)
    it(`refuses ${title}`, async () => {
      const things = await collection(posts);
      expect((await refusalOf(things.aggregate(pipeline).toArray())).code).to.equal(code);
    });
});
