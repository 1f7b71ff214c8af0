import { deserialize, type Long, serialize } from 'bson';
import { expect } from 'chai';
import { Cursors } from '../../server/database/embedded/cursors.ts';

const MINUTE = 60_000;

describe('Open cursors of the embedded database', () => {
  let now = 0;
  let cursors: Cursors;
  beforeEach(() => {
    now = 0;
    cursors = new Cursors({ now: () => now, most: 3 });
  });

  const documents = (count: number, bytes = 0) =>
    Array.from({ length: count }, (_, _id) => serialize({ _id, text: 'x'.repeat(bytes) }));
  const opening = { namespace: 'a.b', batchSize: 1, single: false, deadline: Number.POSITIVE_INFINITY };

  const open = async (options: { session?: string; isPatient?: boolean } = {}): Promise<Long> => {
    const steps = documents(1000)[Symbol.iterator]();
    const { cursor } = deserialize(await cursors.start({ ...opening, ...options, steps }), {
      promoteLongs: false,
    });
    return cursor.id as Long;
  };
  const more = (id: Long, session?: string) => cursors.more({ id, namespace: 'a.b', batchSize: 1, session });
  const isOpen = (id: Long, session?: string) =>
    more(id, session).then(
      () => true,
      () => false,
    );

  it('close when nobody asked for ten minutes', async () => {
    const [asked, forgotten] = [await open(), await open()];
    now += 6 * MINUTE;
    await more(asked);
    now += 6 * MINUTE;
    cursors.closeIdle();
    expect([await isOpen(asked), await isOpen(forgotten), cursors.count]).to.deep.equal([true, false, 1]);
  });

  it('close with their session after half an hour when they are not to time out, unless it is refreshed', async () => {
    const kept = await open({ session: 'kept', isPatient: true });
    const left = await open({ session: 'left', isPatient: true });
    now += 29 * MINUTE;
    cursors.closeIdle();
    expect(cursors.count).to.equal(2);
    cursors.refreshSessions(new Set(['kept']));
    now += 29 * MINUTE;
    cursors.closeIdle();
    expect([await isOpen(kept, 'kept'), await isOpen(left, 'left')]).to.deep.equal([true, false]);
  });

  it('make room for new ones: the one nobody asked for longest goes', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    await more(first);
    const fourth = await open();
    expect(cursors.count).to.equal(3);
    expect(await Promise.all([first, second, third, fourth].map((id) => isOpen(id)))).to.deep.equal([
      true,
      false,
      true,
      true,
    ]);
  });

  it('bring at most four megabytes at a time when the client names no number', async () => {
    const steps = documents(20, 1024 * 1024)[Symbol.iterator]();
    const { cursor } = deserialize(await cursors.start({ ...opening, steps }), { promoteLongs: false });
    const next = await cursors.more({
      id: cursor.id,
      namespace: 'a.b',
      batchSize: undefined,
      session: undefined,
    });
    expect(deserialize(next).cursor.nextBatch.map(({ _id }: { _id: number }) => _id)).to.deep.equal([
      1, 2, 3,
    ]);
    const large = await cursors.more({ id: cursor.id, namespace: 'a.b', batchSize: 100, session: undefined });
    expect(deserialize(large).cursor.nextBatch).to.have.length(15);
  });
});
