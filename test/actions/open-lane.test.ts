import { expect } from 'chai';
import { OpenLane } from '../../server/actions/open-lane.ts';
import type { Due } from '../../server/domain/lines.ts';

const due = (account: string, number: number): Due => ({
  _id: `${account}${number}`,
  account,
  nextAt: new Date(number),
});

describe('a lane as one process works in it', () => {
  const never = () => new AbortController().signal;

  it('is closed when the last who holds it open lets go, and forgets what waits', () => {
    const lane = new OpenLane();
    const [first, second] = [lane.hold(never()), lane.hold(never())];
    lane.lines.replace([due('a', 1)]);
    const { closed } = lane;
    first();
    expect(closed.aborted).to.equal(false);
    second();
    expect(closed.aborted).to.equal(true);
    expect(lane.lines.has(due('a', 1))).to.equal(false);
  });

  it('stays closed for those who waited while somebody opens it anew', () => {
    const lane = new OpenLane();
    const { closed } = lane;
    lane.hold(never())();
    lane.hold(never());
    expect([closed.aborted, lane.closed.aborted]).to.deep.equal([true, false]);
  });

  it('is never held by somebody who must not take up anything any more', () => {
    const lane = new OpenLane();
    lane.hold(AbortSignal.abort());
    expect(lane.closed.aborted).to.equal(true);
  });

  it('tells who waits how many of theirs were done, whoever found them too', async () => {
    const lane = new OpenLane();
    const all = [due('a', 1), due('b', 1), due('c', 1)];
    lane.lines.replace(all);
    const everything = lane.ended(all, never());
    const one = lane.ended(all.slice(0, 1), never());
    for (const each of all) lane.lines.begin(each);
    for (const each of all.slice(0, 2)) {
      lane.lines.done(each);
      lane.tell(each);
    }
    expect(await one).to.equal(1);
    lane.lines.drop(all[2] as Due);
    lane.tell(null);
    expect(await everything, 'what was given up was not done').to.equal(2);
  });

  it('lets nobody wait beyond their own time', async () => {
    const lane = new OpenLane();
    lane.lines.replace([due('a', 1)]);
    const stopping = new AbortController();
    const waiting = lane.ended([due('a', 1)], stopping.signal);
    stopping.abort();
    expect(await waiting).to.equal(0);
    expect(await lane.ended([due('a', 1)], stopping.signal)).to.equal(0);
  });

  it('fails for all who wait when nothing could be claimed', async () => {
    const lane = new OpenLane();
    lane.lines.replace([due('a', 1)]);
    const waiting = lane.ended([due('a', 1)], never()).catch((error: Error) => error.message);
    lane.fail(new Error('the database is away'));
    expect(await waiting).to.equal('the database is away');
  });
});
