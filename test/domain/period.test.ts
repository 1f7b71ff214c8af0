import { expect } from 'chai';
import { dayOf, periodOf } from '../../server/domain/period.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

const brussels = { timeZone: 'Europe/Brussels', step: null };
const ruleOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof RuleViolation) return error.rule;
    throw error;
  }
  return 'none';
};

describe('period', () => {
  it('holds whole days of its time zone, the last one included', () => {
    const period = periodOf({ ...brussels, firstDay: '2014-09-01', lastDay: '2014-09-02' });
    expect(period.from.toISOString()).to.equal('2014-08-31T22:00:00.000Z');
    expect(period.to.toISOString()).to.equal('2014-09-02T22:00:00.000Z');
    expect(period.boundaries).to.have.length(3);
  });

  it('keeps days whole when the clocks change', () => {
    const { boundaries } = periodOf({ ...brussels, firstDay: '2014-10-26', lastDay: '2014-10-26' });
    const [from, to] = boundaries;
    expect((Number(to) - Number(from)) / 3_600_000).to.equal(25);
  });

  it('begins weeks on Monday and keeps broken weeks at its ends', () => {
    const { boundaries } = periodOf({
      timeZone: 'UTC',
      step: 'week',
      firstDay: '2014-09-03',
      lastDay: '2014-09-16',
    });
    expect(boundaries.map((at) => at.toISOString().slice(0, 10))).to.deep.equal([
      '2014-09-03',
      '2014-09-08',
      '2014-09-15',
      '2014-09-17',
    ]);
  });

  it('chooses days for a short period and weeks for a long one', () => {
    expect(periodOf({ ...brussels, firstDay: '2014-09-01', lastDay: '2014-10-14' }).step).to.equal('day');
    expect(periodOf({ ...brussels, firstDay: '2014-09-01', lastDay: '2014-12-14' }).step).to.equal('week');
  });

  it('refuses days that do not exist, periods that run backwards and those without end', () => {
    expect(ruleOf(() => periodOf({ ...brussels, firstDay: '2014-02-30', lastDay: '2014-03-01' }))).to.equal(
      'day-invalid',
    );
    expect(ruleOf(() => periodOf({ ...brussels, firstDay: 'soon', lastDay: '2014-03-01' }))).to.equal(
      'day-invalid',
    );
    expect(ruleOf(() => periodOf({ ...brussels, firstDay: '2014-03-02', lastDay: '2014-03-01' }))).to.equal(
      'period-backwards',
    );
    expect(ruleOf(() => periodOf({ ...brussels, firstDay: '0001-01-01', lastDay: '9999-12-31' }))).to.equal(
      'period-too-long',
    );
  });

  it('names the day on the wall', () => {
    expect(dayOf(new Date('2014-10-14T22:30:00Z'), 'Europe/Brussels')).to.equal('2014-10-15');
  });
});
