import { expect } from 'chai';
import { type Account, assertMayEnable, assertPace, healthOf } from '../../server/domain/account.ts';

const disclosure = {
  operatorInProfile: true,
  automatedLabel: true,
  ownerNamed: true,
  checkedBy: 'somebody',
  checkedAt: new Date('2014-08-01'),
};
const account = { state: 'enabled', disclosure, home: 'rehearsal', testProblem: '' } as const;

describe('An account', () => {
  it('is healthy only when it is enabled, disclosed and its last test went well', () => {
    expect(healthOf(account)).to.equal('healthy');
    expect(healthOf({ ...account, testProblem: 'X answered 500' })).to.equal('test-failed');
    expect(healthOf({ ...account, state: 'paused' })).to.equal('paused');
    expect(healthOf({ ...account, disclosure: { ...disclosure, ownerNamed: false } })).to.equal(
      'not-disclosed',
    );
    expect(healthOf({ ...account, disclosure: { ...disclosure, checkedAt: null } })).to.equal(
      'not-disclosed',
    );
  });

  it('says first what keeps most from happening', () => {
    const undisclosed = { ...disclosure, ownerNamed: false };
    expect(healthOf({ ...account, state: 'auth-needed', disclosure: undisclosed })).to.equal('auth-needed');
    expect(healthOf({ ...account, state: 'disconnected', disclosure: undisclosed })).to.equal('disconnected');
  });

  it('may be enabled only when disclosed, connected and at home here', () => {
    const paused = { ...account, state: 'paused' } as const;
    expect(() => assertMayEnable(paused, 'rehearsal')).not.to.throw();
    const broken: [string, Pick<Account, 'state' | 'disclosure' | 'home'>][] = [
      ['account-not-disclosed', { ...paused, disclosure: { ...disclosure, automatedLabel: false } }],
      ['account-not-connected', { ...paused, state: 'auth-needed' }],
      ['account-not-connected', { ...paused, state: 'disconnected' }],
      ['account-other-home', { ...paused, home: 'live' }],
    ];
    for (const [rule, given] of broken) {
      expect(() => assertMayEnable(given, 'rehearsal'))
        .to.throw()
        .with.property('rule', rule);
    }
  });

  it('keeps a pace that a clock can show', () => {
    const pace = { timeZone: 'Europe/Brussels', gapMinutes: 10, quietFromHour: 22, quietToHour: 7 };
    expect(() => assertPace(pace)).not.to.throw();
    const broken: [string, object][] = [
      ['time-zone-unknown', { timeZone: 'Europe/Atlantis' }],
      ['gap-out-of-range', { gapMinutes: -1 }],
      ['gap-out-of-range', { gapMinutes: 1441 }],
      ['gap-out-of-range', { gapMinutes: Number.NaN }],
      ['hour-out-of-range', { quietFromHour: 24 }],
      ['hour-out-of-range', { quietToHour: 1.5 }],
    ];
    for (const [rule, change] of broken) {
      expect(() => assertPace({ ...pace, ...change }))
        .to.throw()
        .with.property('rule', rule);
    }
  });
});
