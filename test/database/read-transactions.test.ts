import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { CommandError } from '../../server/database/embedded/errors.ts';
import { Store } from '../../server/database/embedded/storage/store.ts';

describe('The store while it closes', () => {
  let directory: string;
  let store: Store;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rejoinder-store-'));
    store = new Store(directory);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('answers reads until the last write is on disk, then refuses them without breaking the process', async () => {
    await store.write(() => store.putDocument(1, 1, Buffer.from('one')));
    const last = store.write(() => {
      store.putDocument(1, 2, Buffer.from('two'));
      return store.rows(1, 0, 10).rows.length;
    });
    let closed = false;
    const closing = store.close().then(() => {
      closed = true;
    });
    const refusals: unknown[] = [];
    while (!closed) {
      for (const read of [() => store.rows(1, 0, 10), () => store.document(1, 1), () => store.named('x')])
        try {
          read();
        } catch (error) {
          refusals.push(error);
        }
      await nextTurn();
    }
    await closing;
    expect(await last).to.equal(2);
    for (const error of refusals) expect(error).to.be.instanceOf(CommandError).with.property('code', 91);
    expect(() => store.rows(1, 0, 10)).to.throw(CommandError, 'shutting down');
  });

  it('refuses a new write and keeps the one it had begun', async () => {
    const first = store.write(() => store.putDocument(1, 1, Buffer.from('one')));
    const closing = store.close();
    const refused = await store
      .write(() => store.putDocument(1, 2, Buffer.from('two')))
      .catch((error: unknown) => error);
    await Promise.all([first, closing]);
    expect(refused).to.be.instanceOf(CommandError).with.property('codeName', 'ShutdownInProgress');
    const again = new Store(directory);
    expect(again.rows(1, 0, 10).rows.map(({ record }) => record)).to.deep.equal([1]);
    await again.close();
  });
});
