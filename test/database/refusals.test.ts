import { expect } from 'chai';
import type { Document } from 'mongodb';
import { onlyEmbedded, refusalOf, useNativeDatabase } from '../support/native-database.ts';

/** What MongoDB has and the embedded database leaves out; each with the code that drivers know. */
const leftOut: [title: string, command: Document, code: number][] = [
  ['$where', { find: 'things', filter: { $where: 'true' } }, 2],
  ['$text', { find: 'things', filter: { $text: { $search: 'x' } } }, 2],
  ['$jsonSchema', { find: 'things', filter: { $jsonSchema: {} } }, 2],
  ['geometry', { find: 'things', filter: { a: { $geoWithin: { $center: [[0, 0], 1] } } } }, 2],
  ['nearness', { find: 'things', filter: { a: { $near: [0, 0] } } }, 2],
  ['collation', { find: 'things', filter: {}, collation: { locale: 'fr' } }, 115],
  [
    'collation in an update',
    { update: 'things', updates: [{ q: {}, u: { $set: { a: 1 } }, collation: { locale: 'fr' } }] },
    115,
  ],
  ['a tailable cursor', { find: 'things', tailable: true }, 115],
  ['a text index', { createIndexes: 'things', indexes: [{ key: { a: 'text' }, name: 'a_text' }] }, 67],
  ['a 2dsphere index', { createIndexes: 'things', indexes: [{ key: { a: '2dsphere' }, name: 'a_2d' }] }, 67],
  ['a hashed index', { createIndexes: 'things', indexes: [{ key: { a: 'hashed' }, name: 'a_h' }] }, 67],
  ['a wildcard index', { createIndexes: 'things', indexes: [{ key: { '$**': 1 }, name: 'w' }] }, 67],
  ['a capped collection', { create: 'capped', capped: true, size: 1000 }, 72],
  ['a view', { create: 'view', viewOn: 'things', pipeline: [] }, 72],
  ['a time series', { create: 'series', timeseries: { timeField: 'at' } }, 72],
  ['a validator', { create: 'checked', validator: { a: 1 } }, 72],
  ['a validator of a collection that is there', { collMod: 'things', validator: { a: 1 } }, 72],
  ['making an index unique', { collMod: 'things', index: { name: 'a_1', prepareUnique: true } }, 72],
  ['a change stream', { aggregate: 'things', pipeline: [{ $changeStream: {} }], cursor: {} }, 40573],
  ['$graphLookup', { aggregate: 'things', pipeline: [{ $graphLookup: {} }], cursor: {} }, 40324],
  ['$geoNear', { aggregate: 'things', pipeline: [{ $geoNear: {} }], cursor: {} }, 40324],
  [
    'code in an expression',
    { aggregate: 'things', pipeline: [{ $project: { a: { $function: {} } } }], cursor: {} },
    115,
  ],
  [
    'code inside a window',
    {
      aggregate: 'things',
      pipeline: [{ $setWindowFields: { output: { a: { $sum: { $function: { body: 'x' } } } } } }],
      cursor: {},
    },
    115,
  ],
  ['a transaction', { find: 'things', startTransaction: true, txnNumber: 1 }, 20],
  ['a read concern of snapshots', { find: 'things', readConcern: { level: 'snapshot' } }, 72],
  ['map and reduce', { mapReduce: 'things', map: 'x', reduce: 'y', out: 'z' }, 59],
  ['users', { createUser: 'a', pwd: 'b', roles: [] }, 59],
];

describe('What the embedded database leaves out', () => {
  const database = useNativeDatabase();

  for (const [title, command, code] of leftOut)
    onlyEmbedded(`is refused: ${title}`, async () => {
      const reply = await database.db.command(command).then(
        (answer) => answer.writeErrors?.[0],
        (failure) => failure,
      );
      expect(reply?.errmsg ?? reply?.message).to.match(/MONGODB_URI/);
      expect(reply.code).to.equal(code);
    });

  it('is not everything: an unknown command has MongoDB’s own code', async () => {
    const refusal = await refusalOf(database.db.command({ nothingLikeThis: 1 }));
    expect([refusal.code, refusal.codeName]).to.deep.equal([59, 'CommandNotFound']);
  });

  it('includes no field that MongoDB does not know', async () => {
    const refusal = await refusalOf(database.db.command({ find: 'things', nothing: 1 }));
    expect(refusal.code).to.equal(40415);
  });

  it('ends at conditions nested without end, and others go on being served', async () => {
    const deep = Array.from({ length: 4000 }).reduce<Document>((inner) => ({ $and: [inner] }), { a: 1 });
    const refusal = await refusalOf(database.db.command({ find: 'things', filter: deep }));
    expect(refusal.code).to.be.oneOf([2, 9, 15]);
    expect((await database.db.command({ ping: 1 })).ok).to.equal(1);
  });

  it('ends at names that MongoDB refuses, too', async () => {
    expect((await refusalOf(database.db.command({ find: '' }))).code).to.equal(73);
    expect((await refusalOf(database.db.command({ insert: 'a$b', documents: [{ a: 1 }] }))).code).to.equal(
      73,
    );
  });
});
