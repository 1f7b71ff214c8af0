import { expect } from 'chai';
import fc from 'fast-check';
import { instantOf, wallTimeOf } from '../../server/domain/calendar-time.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

function ruleOf(work: () => unknown): RuleViolation | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof RuleViolation) return error;
    throw error;
  }
}

describe('calendar time', () => {
  it('reads a wall time in its own zone', () => {
    expect(instantOf('2014-10-14T09:30', 'Europe/Brussels').toISOString()).to.equal(
      '2014-10-14T07:30:00.000Z',
    );
    expect(instantOf('2014-12-14T09:30', 'Europe/Brussels').toISOString()).to.equal(
      '2014-12-14T08:30:00.000Z',
    );
    expect(instantOf('2014-10-14T09:30', 'Asia/Kathmandu').toISOString()).to.equal(
      '2014-10-14T03:45:00.000Z',
    );
  });

  /** Zone, a time that does not exist, the earlier and the later instant that a person may mean. */
  const gaps = [
    ['Europe/Brussels', '2014-03-30T02:30', '2014-03-30T00:30Z', '2014-03-30T01:30Z'],
    ['America/New_York', '2014-03-09T02:30', '2014-03-09T06:30Z', '2014-03-09T07:30Z'],
    ['Australia/Lord_Howe', '2014-10-05T02:15', '2014-10-04T15:15Z', '2014-10-04T15:45Z'],
    ['Africa/Cairo', '2014-05-16T00:30', '2014-05-15T21:30Z', '2014-05-15T22:30Z'],
  ] as const;
  for (const [zone, wallTime, earlier, later] of gaps) {
    it(`asks which time is meant when the clocks go forward in ${zone}`, () => {
      const violation = ruleOf(() => instantOf(wallTime, zone));
      expect(violation).to.include({ rule: 'time-does-not-exist', field: 'occurrence' });
      expect(violation?.values).to.deep.include({
        earlier: wallTimeOf(new Date(earlier), zone),
        later: wallTimeOf(new Date(later), zone),
      });
      expect(instantOf(wallTime, zone, 'earlier')).to.deep.equal(new Date(earlier));
      expect(instantOf(wallTime, zone, 'later')).to.deep.equal(new Date(later));
    });
  }

  const overlaps = [
    ['Europe/Brussels', '2014-10-26T02:30', '2014-10-26T00:30Z', '2014-10-26T01:30Z'],
    ['America/New_York', '2014-11-02T01:30', '2014-11-02T05:30Z', '2014-11-02T06:30Z'],
    ['Australia/Lord_Howe', '2014-04-06T01:45', '2014-04-05T14:45Z', '2014-04-05T15:15Z'],
  ] as const;
  for (const [zone, wallTime, earlier, later] of overlaps) {
    it(`asks which of two is meant when the clocks go back in ${zone}`, () => {
      const violation = ruleOf(() => instantOf(wallTime, zone));
      expect(violation).to.include({ rule: 'time-happens-twice', field: 'occurrence' });
      expect(instantOf(wallTime, zone, 'earlier')).to.deep.equal(new Date(earlier));
      expect(instantOf(wallTime, zone, 'later')).to.deep.equal(new Date(later));
    });
  }

  for (const wallTime of [
    '',
    'garbage',
    'tomorrow',
    '2014-02-30T10:00',
    '2014-13-01T10:00',
    '2014-10-14T24:00',
    '2014-10-14',
    '2014-10-14T10:00Z',
    '2014-10-14T10:00:61',
    'NaN',
  ]) {
    it(`never takes ${JSON.stringify(wallTime)} for a time, least of all for now`, () => {
      expect(ruleOf(() => instantOf(wallTime, 'Europe/Brussels'))).to.include({
        rule: 'time-invalid',
        field: 'wallTime',
      });
    });
  }

  for (const zone of ['', 'Europe/Nowhere', 'garbage']) {
    it(`refuses ${JSON.stringify(zone)} as a time zone`, () => {
      expect(ruleOf(() => instantOf('2014-10-14T10:00', zone))).to.include({ rule: 'time-zone-unknown' });
    });
  }

  it('gives back the wall time that it read, whatever the zone', () => {
    const zones = ['Europe/Brussels', 'Asia/Tehran', 'America/Sao_Paulo', 'Pacific/Apia', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2010-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (zone, at) => {
          const wallTime = wallTimeOf(at, zone);
          const violation = ruleOf(() => instantOf(wallTime, zone));
          const instant = violation ? instantOf(wallTime, zone, 'later') : instantOf(wallTime, zone);
          expect(wallTimeOf(instant, zone)).to.equal(wallTime);
        },
      ),
    );
  });
});
