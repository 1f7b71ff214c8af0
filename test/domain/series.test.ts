import { expect } from 'chai';
import fc from 'fast-check';
import { seriesOf } from '../../server/domain/series.ts';

const day = (number: number, hour = 0) => new Date(Date.UTC(2014, 8, number, hour));
const boundaries = [day(1), day(2), day(3), day(4), day(5)];

describe('series', () => {
  it('sums the last reading of every delivery and shows the growth', () => {
    const points = seriesOf(
      [
        { delivery: 'a', takenAt: day(2, 20), value: 150 },
        { delivery: 'a', takenAt: day(2, 8), value: 100 },
        { delivery: 'b', takenAt: day(3, 8), value: 30 },
        { delivery: 'a', takenAt: day(4, 8), value: 145 },
      ],
      boundaries,
    );
    expect(points.map(({ total }) => total)).to.deep.equal([null, 150, 180, 175]);
    expect(points.map(({ gained }) => gained)).to.deep.equal([null, 150, 30, -5]);
  });

  it('keeps the last value when a later reading did not give it', () => {
    const points = seriesOf(
      [
        { delivery: 'a', takenAt: day(1, 8), value: 7 },
        { delivery: 'a', takenAt: day(2, 8), value: null },
      ],
      boundaries,
    );
    expect(points.map(({ total }) => total)).to.deep.equal([7, 7, 7, 7]);
  });

  it('stays null where nothing is measured', () => {
    const points = seriesOf([{ delivery: 'a', takenAt: day(1), value: null }], boundaries);
    expect(points.every(({ total, gained }) => total === null && gained === null)).to.equal(true);
  });

  it('gains in all what the last total says', () => {
    const readings = fc.array(
      fc.record({
        delivery: fc.constantFrom('a', 'b', 'c'),
        takenAt: fc.date({ min: day(1), max: day(4, 23), noInvalidDate: true }),
        value: fc.option(fc.nat(1000)),
      }),
    );
    fc.assert(
      fc.property(readings, (given) => {
        const points = seriesOf(given, boundaries);
        const gained = points.reduce((sum, point) => sum + (point.gained ?? 0), 0);
        return gained === (points.at(-1)?.total ?? 0);
      }),
    );
  });
});
