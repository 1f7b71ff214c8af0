import { expect } from 'chai';
import fc from 'fast-check';
import { nextMeasurementAt } from '../../server/domain/measurement.ts';

const publishedAt = new Date('2014-10-01T08:00:00Z');
const atAge = (minutes: number) => new Date(publishedAt.getTime() + minutes * 60_000);
const HOUR = 60;
const DAY = 24 * HOUR;

/** The age, in minutes, at which a post is measured next when it is looked at right after the last time. */
function nextAge(lastAge: number | null): number | null {
  const last = lastAge === null ? null : atAge(lastAge);
  const next = nextMeasurementAt(publishedAt, last, last ?? publishedAt);
  return next && (next.getTime() - publishedAt.getTime()) / 60_000;
}

describe('The schedule of measuring', () => {
  it('thins out with age and stops after 30 days', () => {
    expect(nextAge(null)).to.equal(15);
    expect(nextAge(15)).to.equal(30);
    expect(nextAge(105)).to.equal(120);
    expect(nextAge(2 * HOUR)).to.equal(3 * HOUR);
    expect(nextAge(23 * HOUR)).to.equal(DAY);
    expect(nextAge(DAY)).to.equal(DAY + 6 * HOUR);
    expect(nextAge(7 * DAY)).to.equal(8 * DAY);
    expect(nextAge(29 * DAY)).to.equal(30 * DAY);
    expect(nextAge(30 * DAY)).to.equal(null);
  });

  it('takes 77 measurements of a post', () => {
    let count = 0;
    for (let age = nextAge(null); age !== null; age = nextAge(age)) count += 1;
    expect(count).to.equal(8 + 22 + 24 + 23);
  });

  it('is not shifted by a late job', () => {
    expect(nextAge(16)).to.equal(30);
    expect(nextAge(29)).to.equal(30);
    expect(nextAge(2 * HOUR + 59)).to.equal(3 * HOUR);
  });

  it('takes one measurement after a long sleep, not all that were missed, and none of an old post', () => {
    expect(nextMeasurementAt(publishedAt, atAge(15), atAge(3 * DAY))).to.deep.equal(atAge(30));
    expect(nextAge(3 * DAY)).to.equal(3 * DAY + 6 * HOUR);
    expect(nextMeasurementAt(publishedAt, atAge(15), atAge(32 * DAY))).to.equal(null);
  });

  it('always moves forward', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * DAY }), (age) => {
        const next = nextAge(age);
        return next === null ? age >= 30 * DAY : next > age && next - age <= DAY;
      }),
    );
  });
});
