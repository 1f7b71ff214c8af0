import { expect } from 'chai';
import { isQuiet, periodWarnings, placementWarnings } from '../../server/domain/rhythm.ts';

const account = {
  handle: 'comehome',
  timeZone: 'Europe/Brussels',
  quietFromHour: 22,
  quietToHour: 7,
  gapMinutes: 10,
};
const at = (time: string) => new Date(`2014-10-14T${time}Z`);

describe('the rhythm of an account', () => {
  it('is quiet over midnight, where the account lives', () => {
    expect(isQuiet(at('19:59:00'), account)).to.equal(false);
    expect(isQuiet(at('20:00:00'), account)).to.equal(true);
    expect(isQuiet(at('03:00:00'), account)).to.equal(true);
    expect(isQuiet(at('05:00:00'), account)).to.equal(false);
  });

  it('is quiet within one day', () => {
    const midday = { ...account, quietFromHour: 12, quietToHour: 14 };
    expect(isQuiet(at('10:30:00'), midday)).to.equal(true);
    expect(isQuiet(at('12:00:00'), midday)).to.equal(false);
  });

  it('is never quiet when both hours are the same', () => {
    expect(isQuiet(at('03:00:00'), { ...account, quietFromHour: 5, quietToHour: 5 })).to.equal(false);
  });

  it('warns of quiet hours with the local time', () => {
    expect(placementWarnings(at('21:15:00'), account, [])).to.deep.equal([
      { kind: 'quiet-hours', account: 'comehome', fromHour: 22, toHour: 7, wallTime: '2014-10-14T23:15' },
    ]);
  });

  it('warns of the nearest other post that is closer than the gap', () => {
    const others = [at('09:51:00'), at('10:05:00'), at('10:30:00')];
    expect(placementWarnings(at('10:00:00'), account, others)).to.deep.equal([
      { kind: 'too-close', account: 'comehome', gapMinutes: 10, otherDueAt: at('10:05:00') },
    ]);
  });

  it('does not warn of a post exactly one gap away', () => {
    expect(placementWarnings(at('10:00:00'), account, [at('10:10:00')])).to.deep.equal([]);
  });

  it('warns of a time outside the campaign, whose last day is a whole day', () => {
    const campaign = { startsOn: new Date('2014-10-01'), endsOn: new Date('2014-10-14') };
    expect(periodWarnings(at('23:59:00'), campaign)).to.deep.equal([]);
    expect(periodWarnings(new Date('2014-10-15'), campaign)).to.have.length(1);
    expect(periodWarnings(new Date('2014-09-30T23:00Z'), campaign)).to.have.length(1);
    expect(periodWarnings(at('12:00:00'), { startsOn: null, endsOn: null })).to.deep.equal([]);
  });
});
