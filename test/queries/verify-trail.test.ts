import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { recordEvent } from '../../server/actions/record-event.ts';
import { writeTrailHead } from '../../server/actions/write-trail-head.ts';
import { readConfig } from '../../server/config.ts';
import { newId } from '../../server/models/document.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { verifyTrail } from '../../server/queries/verify-trail.ts';
import { openVault } from '../../server/vault.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

describe('The audit trail', () => {
  useDatabase();
  let dataDir: string;
  let context: TestContext;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-trail-'));
    context = testContext({ config: readConfig({ LOG_LEVEL: 'silent', DATA_DIR: dataDir }) });
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const heads = () => join(dataDir, 'trail-heads.jsonl');
  const record = async (...numbers: number[]) => {
    for (const number of numbers) {
      const details = { number, gone: undefined, when: new Date(0), nested: { of: [1.5, null, 'ü'] } };
      const event = { actor: null, verb: 'message changed', subject: 'message', subjectId: newId(), details };
      await recordEvent(context, event);
    }
  };
  const entry = async (sequence: number) => {
    const found = await TrailEvents.findOne({ sequence }).lean();
    if (!found) throw new Error(`there is no entry ${sequence}`);
    return found;
  };
  const fault = async () => (await verifyTrail(context)).fault;

  it('is unbroken as it is written, by several at once too, with every kind of detail', async () => {
    expect(await verifyTrail(context)).to.include({ entries: 0, fault: null, heads: 0 });
    await Promise.all([record(1, 2, 3), record(4, 5), record(6)]);
    await writeTrailHead(context);
    expect(await verifyTrail(context)).to.deep.equal({
      entries: 6,
      fault: null,
      fitsFrom: 1,
      heads: 1,
      brokenHeadLine: null,
    });
  });

  for (const [field, value] of [
    ['actor', newId()],
    ['at', new Date('2014-01-01')],
    ['verb', 'message approved'],
    ['subject', 'post'],
    ['subjectId', newId()],
    ['campaign', newId()],
    ['details', { number: 7 }],
    ['previousHash', 'f'.repeat(64)],
  ] as const) {
    it(`shows a changed ${field}`, async () => {
      await record(1, 2, 3, 4);
      await TrailEvents.updateOne({ sequence: 3 }, { $set: { [field]: value } });
      expect(await fault()).to.deep.equal({ kind: 'changed', sequence: 3 });
    });
  }

  it('shows a changed last entry, and one whose hash was made up as well', async () => {
    await record(1, 2, 3);
    await TrailEvents.updateOne({ sequence: 3 }, { $set: { verb: 'message approved' } });
    expect(await fault()).to.deep.equal({ kind: 'forged', sequence: 3 });
    await TrailEvents.updateOne(
      { sequence: 2 },
      { $set: { verb: 'message approved', hash: 'a'.repeat(64) } },
    );
    expect(await fault()).to.deep.equal({ kind: 'forged', sequence: 2 });
  });

  it('shows a missing entry, the first one too', async () => {
    await record(1, 2, 3, 4);
    await TrailEvents.deleteOne({ sequence: 3 });
    expect(await fault()).to.deep.equal({ kind: 'missing', sequence: 3 });
    await TrailEvents.deleteOne({ sequence: 1 });
    expect(await fault()).to.deep.equal({ kind: 'missing', sequence: 1 });
  });

  it('shows a missing entry whose gap was closed by counting anew', async () => {
    await record(1, 2, 3, 4);
    await TrailEvents.deleteOne({ sequence: 2 });
    await TrailEvents.updateOne({ sequence: 3 }, { $set: { sequence: 2 } });
    await TrailEvents.updateOne({ sequence: 4 }, { $set: { sequence: 3 } });
    expect(await fault()).to.deep.equal({ kind: 'changed', sequence: 2 });
  });

  it('shows an inserted entry, between two and at the end', async () => {
    await record(1, 2, 3);
    const { _id, ...second } = await entry(2);
    const forged = { ...second, verb: 'message approved', hash: 'b'.repeat(64) };
    await TrailEvents.create({ ...forged, sequence: 4 });
    expect(await fault()).to.deep.equal({ kind: 'forged', sequence: 4 });
    await TrailEvents.deleteOne({ sequence: 4 });
    await TrailEvents.create({ ...forged, sequence: 2.5, previousHash: second.hash });
    expect(await fault()).to.deep.equal({ kind: 'inserted', sequence: 2.5 });
  });

  it('shows two entries that changed places', async () => {
    await record(1, 2, 3, 4);
    const [second, third] = [await entry(2), await entry(3)];
    await TrailEvents.deleteOne({ sequence: 2 });
    await TrailEvents.deleteOne({ sequence: 3 });
    await TrailEvents.create([
      { ...third, sequence: 2 },
      { ...second, sequence: 3 },
    ]);
    expect(await fault()).to.include({ sequence: 2 });
  });

  it('shows an end that was cut off, by the head that was kept outside the database', async () => {
    await record(1, 2, 3);
    await writeTrailHead(context);
    await record(4);
    await TrailEvents.deleteOne({ sequence: 4 });
    expect(await fault(), 'later than the head').to.equal(null);
    await TrailEvents.deleteOne({ sequence: 3 });
    expect(await fault()).to.deep.equal({ kind: 'cut-off', sequence: 3 });
    await TrailEvents.deleteMany({});
    expect(await fault()).to.deep.equal({ kind: 'cut-off', sequence: 1 });
  });

  it('shows an end that was cut off and written anew by the software itself', async () => {
    await record(1, 2, 3);
    await writeTrailHead(context);
    await TrailEvents.deleteOne({ sequence: 3 });
    await record(33, 4);
    expect(await fault()).to.deep.equal({ kind: 'replaced', sequence: 3 });
  });

  it('keeps a head for each time it has grown, and none that was tampered with counts', async () => {
    await record(1);
    await writeTrailHead(context);
    await writeTrailHead(context);
    await record(2);
    await writeTrailHead(context);
    const written = readFileSync(heads(), 'utf8');
    expect(
      written
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).sequence),
    ).to.deep.equal([1, 2]);
    writeFileSync(heads(), written.replace('"sequence":2', '"sequence":1'));
    expect(await verifyTrail(context)).to.include({ brokenHeadLine: 2, heads: 1 });
    writeFileSync(heads(), written);
    appendFileSync(heads(), 'scribble\n');
    expect(await verifyTrail(context)).to.include({ brokenHeadLine: 3, heads: 2, fault: null });
  });

  it('tells a key that is not the right one, or was replaced later, from tampering', async () => {
    await record(1, 2, 3);
    const other = openVault(join(dataDir, 'other.key'));
    expect(await verifyTrail({ ...context, vault: other })).to.include({ entries: 0, fitsFrom: null });
    await recordEvent(
      { ...context, vault: other },
      { actor: null, verb: 'secret key replaced', subject: 'organisation', subjectId: 'organisation' },
    );
    expect(await verifyTrail({ ...context, vault: other })).to.include({ entries: 0, fitsFrom: 4 });
    await TrailEvents.updateOne({ sequence: 1 }, { $set: { verb: 'message approved' } });
    expect(await verifyTrail(context), 'tampering').to.include({ entries: 0, fitsFrom: 2 });
  });

  it('does not overwrite the proof of a cut with a shorter head', async () => {
    await record(1, 2);
    await writeTrailHead(context);
    await TrailEvents.deleteOne({ sequence: 2 });
    await writeTrailHead(context);
    expect(await fault()).to.deep.equal({ kind: 'cut-off', sequence: 2 });
  });
});
