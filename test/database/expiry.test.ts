import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Document, encode } from '../../server/database/embedded/bson/codec.ts';
import { checkCollection } from '../../server/database/embedded/check-collection.ts';
import { compileFilter, Engine } from '../../server/database/embedded/engine.ts';
import { deleteExpired, purgeDropped } from '../../server/database/embedded/upkeep.ts';

const now = new Date('2026-11-24T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe('Upkeep of the embedded database', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rejoinder-expiry-'));
  let engine: Engine;
  before(() => {
    engine = new Engine(directory);
  });
  after(async () => {
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const filled = (name: string, spec: Document, documents: readonly Document[]) =>
    engine.write(() => {
      const collection = engine.ensure('test', name);
      collection.indexes = [
        ...collection.indexes,
        engine.catalog.newIndex({ v: 2, name: 'expiry', ...spec }, true),
      ];
      engine.catalog.save(collection);
      for (const document of documents) engine.records.insert(collection, encode(document), document);
      return collection;
    });
  const left = async (name: string) => {
    const collection = engine.catalog.find('test', name);
    if (!collection) return [];
    const asked = { collection, filter: compileFilter({}), sort: [], limit: 0 };
    return [...engine.search(asked)].flatMap((match) => (match ? [match.document._id] : []));
  };

  it('deletes what is older than its index allows, and nothing else', async () => {
    const documents = [
      { _id: 'old', at: ago(61) },
      { _id: 'young', at: ago(59) },
      { _id: 'none' },
      { _id: 'no date', at: 5 },
      { _id: 'one of several is old', at: [ago(5), ago(90)] },
    ];
    const collection = await filled('sessions', { key: { at: 1 }, expireAfterSeconds: 60 }, documents);
    await deleteExpired(engine, now);
    expect(await left('sessions')).to.have.members(['young', 'none', 'no date']);
    expect((await checkCollection(engine, collection)).errors).to.deep.equal([]);
  });

  it('leaves alone what the filter of a partial index does not find', async () => {
    const spec = { key: { at: 1 }, expireAfterSeconds: 0, partialFilterExpression: { done: true } };
    await filled('jobs', spec, [
      { _id: 1, at: ago(5), done: true },
      { _id: 2, at: ago(5), done: false },
    ]);
    await deleteExpired(engine, now);
    expect(await left('jobs')).to.deep.equal([2]);
  });

  it('frees the room of a dropped collection, but not of one with the same name made since', async () => {
    const old = await filled('again', { key: { a: 1 } }, [{ _id: 1, a: 1 }]);
    await engine.write(() => engine.catalog.drop(old));
    await filled('again', { key: { a: 1 } }, [{ _id: 2, a: 1 }]);
    await purgeDropped(engine);
    expect(await left('again')).to.deep.equal([2]);
    expect(engine.store.rows(old.id, 0, 10).rows).to.deep.equal([]);
    expect(engine.store.namedFrom('drop/')).to.deep.equal([]);
  });
});
