import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import { type MountedDisk, mountDisk } from '../support/mounted-disk.ts';
import { refusalOf } from '../support/native-database.ts';

describe('The embedded database on a full disk', function suite() {
  this.timeout(60_000);
  let disk: MountedDisk;

  before('mount a small disk', function mount() {
    const mounted = mountDisk(8);
    if (typeof mounted === 'string') {
      this.test?.parent?.eachTest((test) => {
        test.title += ` (${mounted})`;
      });
      this.skip();
    }
    disk = mounted;
  });
  after(() => disk?.unmount());

  it('says so, keeps what it acknowledged, and goes on when there is room', async () => {
    const database = await startEmbeddedDatabase({ dataDir: disk.path });
    const client = new MongoClient(database.uri, { maxPoolSize: 20 });
    const things = client.db().collection<{ _id: number; key: string; text: string }>('things');
    await things.createIndex({ key: 1 }, { unique: true });
    const acknowledged: number[] = [];
    const refusals: unknown[] = [];
    const fill = async (writer: number) => {
      for (let i = 0; refusals.length === 0; i += 1) {
        const _id = writer * 1_000_000 + i;
        try {
          await things.insertOne({ _id, key: `k${_id}`, text: 'x'.repeat(20_000) });
          acknowledged.push(_id);
        } catch (error) {
          refusals.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, writer) => fill(writer)));
    for (const refusal of refusals) expect(refusal).to.include({ code: 14031, codeName: 'OutOfDiskSpace' });
    const large = Array.from({ length: 50 }, (_, i) => ({
      _id: -1 - i,
      key: `m${i}`,
      text: 'x'.repeat(100_000),
    }));
    const refusal = await refusalOf(things.insertMany(large));
    expect(refusal.message).to.match(/disk is full/);

    expect(await things.countDocuments({ _id: { $in: acknowledged } })).to.equal(acknowledged.length);
    expect((await client.db().command({ validate: 'things' })).errors).to.deep.equal([]);

    disk.resize(64);
    await things.insertOne({ _id: -100, key: 'after', text: 'x'.repeat(200_000) });
    acknowledged.push(-100);
    expect((await client.db().command({ validate: 'things' })).errors).to.deep.equal([]);
    await database.stop();
    await client.close();

    await using again = await startEmbeddedDatabase({ dataDir: disk.path });
    const other = new MongoClient(again.uri);
    const found = other.db().collection<{ _id: number }>('things');
    expect(await found.countDocuments({ _id: { $in: acknowledged } })).to.equal(acknowledged.length);
    expect((await other.db().command({ validate: 'things' })).errors).to.deep.equal([]);
    await other.close();
  });
});
