import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import type { LogLine } from '../../server/database/embedded/server.ts';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import { refusalOf } from '../support/native-database.ts';
import { until } from '../support/until.ts';

describe('A slow operation of the embedded database', function suite() {
  this.timeout(60_000);

  it('is told with its fields and its time, and without what people entered', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-slow-'));
    const told: LogLine[] = [];
    await using database = await startEmbeddedDatabase({ dataDir, onLog: (line) => told.push(line) });
    const client = new MongoClient(database.uri);
    const things = client.db().collection('things');
    await things.insertMany(Array.from({ length: 300 }, (_, n) => ({ n, name: 'somebody' })));
    const counting = {
      $reduce: { input: { $range: [0, 20_000] }, initialValue: 0, in: { $add: ['$$value', 1] } },
    };
    const filter = { name: 'somebody', $expr: { $lt: ['$n', counting] } };
    const slow = things.find(filter, { maxTimeMS: 700 }).sort({ n: -1 });
    expect((await refusalOf(slow.toArray())).codeName).to.equal('MaxTimeMSExpired');
    await client.close();
    // The machine may be busy enough to make the insert slow as well.
    const find = () =>
      told.find(({ detail }) => (detail as { command?: string } | undefined)?.command === 'find');
    await until(() => find() !== undefined, { what: 'the line' });
    const line = find();
    expect(line?.message).to.equal('slow operation');
    expect(line?.level).to.equal('warn');
    const { milliseconds, ...detail } = (line?.detail ?? {}) as { milliseconds?: number };
    expect(milliseconds).to.be.above(500);
    expect(detail).to.deep.equal({
      ...{ command: 'find', collection: 'things', filter: ['name', '$expr'], sort: ['n'] },
    });
    rmSync(dataDir, { recursive: true, force: true });
  });
});
