import { expect } from 'chai';
import { useNativeDatabase } from '../support/native-database.ts';

describe('$lookup', () => {
  const { collection } = useNativeDatabase();
  const library = async () => ({
    messages: await collection([
      { _id: 1, campaigns: ['a', 'b'], author: 7 },
      { _id: 2, author: null },
      { _id: 3 },
    ]),
    campaigns: await collection([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]),
    members: await collection([
      { _id: 7, name: 'Amal' },
      { _id: 8, name: 'Bo', ref: null },
    ]),
  });

  it('joins by equality and puts nothing where nothing matches', async () => {
    const { messages, members } = await library();
    const $lookup = { from: members.collectionName, localField: 'author', foreignField: '_id', as: 'who' };
    const found = await messages.aggregate([{ $lookup }, { $project: { who: '$who.name' } }]).toArray();
    expect(found).to.deep.equal([
      { _id: 1, who: ['Amal'] },
      { _id: 2, who: [] },
      { _id: 3, who: [] },
    ]);
  });

  it('joins every element of an array', async () => {
    const { messages, campaigns } = await library();
    const $lookup = { from: campaigns.collectionName, localField: 'campaigns', foreignField: '_id', as: 'c' };
    const [first] = await messages.aggregate([{ $match: { _id: 1 } }, { $lookup }]).toArray();
    expect(first?.c).to.deep.equal([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
  });

  it('matches missing with null and missing', async () => {
    const { messages, members } = await library();
    const $lookup = { from: members.collectionName, localField: 'author', foreignField: 'ref', as: 'who' };
    const found = await messages.aggregate([{ $match: { _id: 3 } }, { $lookup }]).toArray();
    expect(found[0]?.who).to.have.length(2);
  });

  it('runs a pipeline with the document’s values', async () => {
    const { messages, campaigns } = await library();
    const pipeline = [
      { $match: { $expr: { $in: ['$_id', '$$mine'] } } },
      { $group: { _id: null, sum: { $sum: '$n' } } },
    ];
    const $lookup = { from: campaigns.collectionName, let: { mine: '$campaigns' }, pipeline, as: 'c' };
    const [first] = await messages.aggregate([{ $match: { _id: 1 } }, { $lookup }]).toArray();
    expect(first?.c).to.deep.equal([{ _id: null, sum: 3 }]);
  });

  it('joins by equality and runs a pipeline on what it found', async () => {
    const { messages, campaigns } = await library();
    const pipeline = [{ $match: { n: { $gt: 1 } } }];
    const $lookup = {
      from: campaigns.collectionName,
      localField: 'campaigns',
      foreignField: '_id',
      pipeline,
      as: 'c',
    };
    const [first] = await messages.aggregate([{ $match: { _id: 1 } }, { $lookup }]).toArray();
    expect(first?.c).to.deep.equal([{ _id: 'b', n: 2 }]);
  });
});
