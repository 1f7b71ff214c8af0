import { expect } from 'chai';
import { CAP_AT_FIRST, exposureDays, isCapReached, sameOpeningSince } from '../../server/domain/exposure.ts';

describe('Exposure to harmful material', () => {
  it('reaches the cap with the last opening that it allows, and never without one', () => {
    expect(isCapReached({ openedToday: 39, cap: CAP_AT_FIRST })).to.equal(false);
    expect(isCapReached({ openedToday: 40, cap: CAP_AT_FIRST })).to.equal(true);
    expect(isCapReached({ openedToday: 3, cap: 2 }), 'when it was lowered meanwhile').to.equal(true);
    expect(isCapReached({ openedToday: 4000, cap: null })).to.equal(false);
  });

  it('takes openings of one thing within an hour for one', () => {
    expect(sameOpeningSince(new Date('2014-10-14T07:00:00Z'))).to.deep.equal(
      new Date('2014-10-14T06:00:00Z'),
    );
  });

  it('counts days as the member’s own calendar does, over a change of the clocks too', () => {
    const evening = new Date('2014-10-27T23:30:00Z');
    expect(exposureDays(evening, 'UTC')[0]).to.equal('2014-10-27');
    expect(exposureDays(evening, 'Europe/Paris')).to.deep.equal([
      '2014-10-28',
      '2014-10-27',
      '2014-10-26',
      '2014-10-25',
      '2014-10-24',
      '2014-10-23',
      '2014-10-22',
    ]);
  });
});
