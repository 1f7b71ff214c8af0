import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Decimal128, type Document, Double, Long, MongoClient } from 'mongodb';
import { backUp } from '../../server/database/back-up.ts';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import { restore } from '../../server/database/restore.ts';
import { freshDatabaseUri } from '../support/database.ts';
import { isRealServer } from '../support/native-database.ts';

describe('A backup', function suite() {
  this.timeout(60_000);
  const directory = mkdtempSync(join(tmpdir(), 'rejoinder-backup-'));
  const file = join(directory, 'backup.gz');
  let source: MongoClient;
  let sourceUri = '';
  let target: EmbeddedDatabase | undefined;
  let targetUri = '';

  before('fill a database', async () => {
    sourceUri = await freshDatabaseUri();
    source = await new MongoClient(sourceUri).connect();
    const kinds = {
      long: Long.fromNumber(5),
      double: new Double(2),
      decimal: Decimal128.fromString('1.50'),
      pattern: /a/i,
    };
    await source
      .db()
      .collection('kinds')
      .insertOne({ _id: 2 as never, ...kinds });
    await source.db().collection('kinds').createIndex({ long: 1, double: -1 }, { unique: true });
    await source.db().collection('kinds').createIndex({ at: 1 }, { expireAfterSeconds: 90 });
    await source
      .db()
      .collection('left')
      .insertOne({ _id: 0 as never });
    await source
      .db()
      .collection('right')
      .insertOne({ _id: 0 as never });
    target = isRealServer ? undefined : await startEmbeddedDatabase({ dataDir: join(directory, 'target') });
    targetUri = target?.uri ?? (await freshDatabaseUri());
  });
  after(async () => {
    await source.db().dropDatabase();
    await source.close();
    await target?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('made while others write is of one instant, and comes back with counts, types and indexes', async () => {
    const state = { isDone: false, written: 0 };
    const write = async () => {
      for (let i = 1; !state.isDone; i += 1) {
        await source
          .db()
          .collection('left')
          .insertOne({ _id: i as never, text: 'x'.repeat(500) });
        await source
          .db()
          .collection('right')
          .insertOne({ _id: i as never });
        state.written = i;
      }
    };
    const writing = write();
    const figures = await backUp(sourceUri, file);
    state.isDone = true;
    await writing;
    expect(state.written).to.be.above(0);
    expect(statSync(file).mode & 0o077).to.equal(0);

    const restored = await restore(targetUri, file);
    expect(restored).to.deep.equal({ collections: figures.collections, documents: figures.documents });
    const client = await new MongoClient(targetUri, { promoteValues: false }).connect();
    const left = await client.db().collection('left').distinct('_id');
    const right = await client.db().collection('right').distinct('_id');
    if (figures.consistency === 'one instant') expect(left.length - right.length).to.be.within(0, 1);
    const original = await source.db().collection('kinds').find({}, { promoteValues: false }).toArray();
    expect(await client.db().collection('kinds').find().toArray()).to.deep.equal(original);
    const indexes = (list: Document[]) => list.map((index) => JSON.stringify(index));
    expect(indexes(await client.db().collection('kinds').indexes())).to.deep.equal(
      indexes(await source.db().collection('kinds').indexes()),
    );
    for (const name of ['left', 'right', 'kinds'])
      expect((await client.db().command({ validate: name })).valid, name).to.satisfy(Boolean);
    await client.close();
  });

  it('is not restored over what is there, unless told to', async () => {
    const failure = await restore(targetUri, file).catch((error: Error) => error);
    expect((failure as Error).message).to.match(/is not empty .* --replace/);
    expect((await restore(targetUri, file, { replace: true })).collections).to.equal(3);
  });

  it('that was cut short or is none changes nothing', async () => {
    const cut = join(directory, 'cut.gz');
    writeFileSync(cut, readFileSync(file).subarray(0, statSync(file).size / 2));
    const stranger = join(directory, 'stranger.gz');
    writeFileSync(stranger, 'hello');
    for (const wrong of [cut, stranger, join(directory, 'nothing.gz')]) {
      const failure = await restore(targetUri, wrong, { replace: true }).catch((error: Error) => error);
      expect((failure as Error).name).to.equal('CannotStart');
    }
    const client = await new MongoClient(targetUri).connect();
    expect(await client.db().collection('kinds').countDocuments()).to.equal(1);
    await client.close();
  });

  it('leaves nothing half-written and no copy behind', () => {
    expect(readdirSync(directory).filter((name) => name.endsWith('.part'))).to.deep.equal([]);
  });
});
