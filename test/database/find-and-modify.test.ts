import { expect } from 'chai';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

describe('findAndModify', () => {
  const { collection } = useNativeDatabase();
  const jobs = () => collection([3, 1, 2].map((priority) => ({ _id: priority, priority, state: 'waiting' })));

  it('gives the document as it was, or as it became', async () => {
    const things = await jobs();
    const change = { $set: { state: 'taken' } };
    expect((await things.findOneAndUpdate({ _id: 1 as never }, change))?.state).to.equal('waiting');
    const after = await things.findOneAndUpdate({ _id: 2 as never }, change, { returnDocument: 'after' });
    expect(after?.state).to.equal('taken');
  });

  it('takes the first by the sort', async () => {
    const things = await jobs();
    const taken = await things.findOneAndUpdate(
      { state: 'waiting' },
      { $set: { state: 'taken' } },
      { sort: { priority: 1 } },
    );
    expect(taken?._id).to.equal(1);
  });

  it('gives null when nothing matches', async () => {
    const things = await jobs();
    expect(await things.findOneAndUpdate({ _id: 9 as never }, { $set: { a: 1 } })).to.equal(null);
    expect(await things.findOneAndDelete({ _id: 9 as never })).to.equal(null);
  });

  it('inserts when asked to, and tells the new id', async () => {
    const things = await jobs();
    const reply = await things.findOneAndUpdate(
      { _id: 9 as never },
      { $set: { a: 1 } },
      { upsert: true, includeResultMetadata: true },
    );
    expect(reply.value).to.equal(null);
    expect(reply.lastErrorObject).to.include({ n: 1, updatedExisting: false, upserted: 9 });
  });

  it('shows only the fields asked for', async () => {
    const things = await jobs();
    const shown = await things.findOneAndDelete({ _id: 1 as never }, { projection: { _id: 0, priority: 1 } });
    expect(shown).to.deep.equal({ priority: 1 });
    expect(await things.countDocuments()).to.equal(2);
  });

  it('refuses to remove and to update at once', async () => {
    const things = await jobs();
    const command = { findAndModify: things.collectionName, remove: true, update: { $set: { a: 1 } } };
    expect((await refusalOf(things.db.command(command))).code).to.equal(9);
  });

  it('hands every job to exactly one of fifty callers', async () => {
    const things = await collection(Array.from({ length: 50 }, (_, _id) => ({ _id, state: 'waiting' })));
    await things.createIndex({ state: 1 });
    const claim = () =>
      things.findOneAndUpdate({ state: 'waiting' }, { $set: { state: 'taken' } }, { sort: { _id: 1 } });
    const taken = await Promise.all(Array.from({ length: 60 }, claim));
    const ids = taken.filter((job) => job !== null).map(({ _id }) => _id as unknown as number);
    expect(ids.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 50 }, (_, i) => i));
  });
});
