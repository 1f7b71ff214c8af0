import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';

const SECTOR = 512;
const PAGE = 4096;

describe('A data file that a crash left unfinished', function suite() {
  this.timeout(60_000);
  const directory = mkdtempSync(join(tmpdir(), 'rejoinder-torn-'));
  const origin = join(directory, 'origin');
  const fileIn = (dataDir: string) => join(dataDir, 'database', 'data.mdb');
  let earlier = Buffer.alloc(0);
  let later = Buffer.alloc(0);

  before('make the file', async () => {
    const database = await startEmbeddedDatabase({ dataDir: origin });
    const client = await new MongoClient(database.uri).connect();
    const things = client.db().collection<{ _id: number; a: number; text: string }>('things');
    await things.createIndex({ a: 1 });
    const text = 'x'.repeat(300);
    await things.insertMany(Array.from({ length: 2000 }, (_, _id) => ({ _id, a: _id % 50, text })));
    await things.deleteMany({ a: 7 });
    earlier = readFileSync(fileIn(origin));
    const many = Array.from({ length: 40 }, (_, i) => ({ _id: 10_000 + i, a: i, text }));
    await things.insertMany(many);
    later = readFileSync(fileIn(origin));
    await client.close();
    await database.stop();
  });
  after('remove it', () => rmSync(directory, { recursive: true, force: true }));

  const outcome = async (name: string, bytes: Buffer) => {
    const dataDir = join(directory, name);
    cpSync(join(origin, 'database'), join(dataDir, 'database'), { recursive: true });
    rmSync(join(dataDir, 'database', 'lock.mdb'), { force: true });
    writeFileSync(fileIn(dataDir), bytes);
    await using database = await startEmbeddedDatabase({ dataDir });
    const client = await new MongoClient(database.uri).connect();
    const { errors } = await client.db().command({ validate: 'things' });
    expect(errors).to.deep.equal([]);
    const count = await client.db().collection('things').countDocuments();
    await client.db().collection('things').insertOne({ a: 1 });
    await client.close();
    return count;
  };

  it('shows the last commit when any part of the next one’s pages had been written', async () => {
    for (const share of [0.2, 0.7, 1]) {
      const mixed = Buffer.alloc(later.length);
      earlier.copy(mixed);
      for (let at = 2 * PAGE; at < later.length; at += SECTOR)
        if (share === 1 || Math.random() < share) later.copy(mixed, at, at, at + SECTOR);
      expect(await outcome(`mixed-${share}`, mixed), `${share} of the sectors`).to.equal(1960);
    }
  });

  it('shows the new commit once its head had been written', async () => {
    expect(await outcome('whole', later)).to.equal(2000);
  });

  it('is refused with a sentence when its end is missing', async () => {
    const failures = [later.length - PAGE, Math.floor(later.length / 2), 3 * PAGE, 100, 0].map(
      async (length) => {
        const dataDir = join(directory, `cut-${length}`);
        cpSync(join(origin, 'database'), join(dataDir, 'database'), { recursive: true });
        truncateSync(fileIn(dataDir), length);
        return startEmbeddedDatabase({ dataDir }).then(
          (database) => database.stop().then(() => 'it started'),
          (error: Error) => error.message,
        );
      },
    );
    for (const failure of await Promise.all(failures))
      expect(failure).to.match(/[Rr]estore a backup into a new directory/);
  });
});
