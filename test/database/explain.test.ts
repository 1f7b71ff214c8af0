import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import { onlyEmbedded, useNativeDatabase } from '../support/native-database.ts';

describe('An explanation', () => {
  const database = useNativeDatabase();
  let things: Collection;

  before('fill a collection', async () => {
    things = await database.collection(
      Array.from({ length: 500 }, (_, _id) => ({ _id, a: _id % 10, b: _id % 7, c: _id })),
    );
    await things.createIndexes([
      { key: { a: 1 }, name: 'by_a' },
      { key: { b: 1, c: 1 }, name: 'by_b_and_c' },
      { key: { c: 1 }, name: 'by_c' },
    ]);
  });

  /** Which indexes were chosen, and how many documents were returned and looked at. */
  function figures({ queryPlanner, executionStats: stats }: Document) {
    const plan = JSON.stringify(queryPlanner.winningPlan);
    return {
      indexes: [...plan.matchAll(/"indexName":"(\w+)"/g)].map(([, name]) => name),
      found: stats.nReturned,
      examined: stats.totalDocsExamined,
    };
  }

  it('names the index and what was read', async () => {
    const told = await things.find({ c: 5 }).explain('executionStats');
    expect(figures(told)).to.deep.equal({ indexes: ['by_c'], found: 1, examined: 1 });
  });

  it('names an index for each alternative', async () => {
    const told = await things.find({ $or: [{ c: 5 }, { b: 3, c: { $lt: 20 } }] }).explain('executionStats');
    const { indexes, ...counts } = figures(told);
    expect(indexes).to.have.members(['by_c', 'by_b_and_c']);
    expect(counts).to.deep.equal({ found: 4, examined: 4 });
  });

  it('says that everything was read when no index helps', async () => {
    const told = await things.find({ nothing: 1 }).explain('executionStats');
    expect(figures(told)).to.deep.equal({ indexes: [], found: 0, examined: 500 });
    expect(JSON.stringify(told.queryPlanner.winningPlan)).to.contain('COLLSCAN');
  });

  it('of a count shows that keys alone were read', async () => {
    const query = { b: 3, c: { $lt: 500 } };
    const told = await database.db.command({ explain: { count: things.collectionName, query } });
    expect(figures(told)).to.include({ examined: 0 });
    expect(figures(told).indexes).to.deep.equal(['by_b_and_c']);
  });

  it('of a pipeline covers its order and limit', async () => {
    const told = await things
      .aggregate([{ $match: { b: 3 } }, { $sort: { c: -1 } }, { $limit: 2 }])
      .explain('executionStats');
    expect(figures(told)).to.deep.equal({ indexes: ['by_b_and_c'], found: 2, examined: 2 });
  });

  onlyEmbedded('of a handful of named documents tries nothing else', async () => {
    const told = await things.find({ _id: { $in: [3, 13, 23] as never[] }, a: 3 }).explain();
    expect(figures(told)).to.deep.equal({ indexes: ['_id_'], found: 3, examined: 3 });
    expect(told.queryPlanner.rejectedPlans).to.deep.equal([]);
  });

  it('changes nothing', async () => {
    const updates = [{ q: { c: 5 }, u: { $set: { seen: true } } }];
    await database.db.command({ explain: { update: things.collectionName, updates } });
    await database.db.command({
      explain: { delete: things.collectionName, deletes: [{ q: { c: 5 }, limit: 1 }] },
    });
    await database.db.command({
      explain: { findAndModify: things.collectionName, query: { c: 5 }, remove: true },
    });
    expect(await things.findOne({ c: 5 })).to.deep.equal({ _id: 5, a: 5, b: 5, c: 5 });
  });
});
