import { expect } from 'chai';
import { Double, Int32, Timestamp } from 'mongodb';
import { refusalOf, useNativeDatabase } from '../support/native-database.ts';

describe('The BSON type of a number', () => {
  const { collection } = useNativeDatabase();

  it('becomes what a pipeline converts it to, and stays elsewhere', async () => {
    const things = await collection([
      {
        a: new Double(2),
        b: new Double(2),
        c: new Int32(2),
        d: { e: new Int32(5), f: new Double(6) },
        g: '7',
      },
    ]);
    await things.updateOne({}, [
      {
        $set: { a: { $toInt: '$a' }, b: { $toLong: '$b' }, c: { $toDouble: '$c' }, g: { $toDecimal: '$g' } },
      },
      { $set: { 'd.e': { $convert: { input: '$d.e', to: 'long' } } } },
    ]);
    const types = { a: 'int', b: 'long', c: 'double', 'd.e': 'long', 'd.f': 'double', g: 'decimal' };
    const filter = Object.fromEntries(Object.entries(types).map(([path, $type]) => [path, { $type }]));
    expect(await things.countDocuments(filter)).to.equal(1);
  });

  it('is no number’s for a timestamp', async () => {
    const things = await collection([{ at: new Timestamp({ t: 1, i: 1 }) }]);
    expect((await refusalOf(things.updateOne({}, { $inc: { at: 1 } }))).code).to.equal(14);
    const [{ type }] = (await things.aggregate([{ $project: { type: { $type: '$at' } } }]).toArray()) as [
      { type: string },
    ];
    expect(type).to.equal('timestamp');
  });
});
