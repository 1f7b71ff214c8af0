import { expect } from 'chai';
import {
  assertConsentNotWithdrawn,
  type ConsentRecord,
  consentCovers,
  consentStanding,
  type MessengerKind,
} from '../../server/domain/messenger.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

const now = new Date('2014-10-14T07:00:00Z');

function messenger(consent: Partial<ConsentRecord> = {}, kind: MessengerKind = 'family') {
  const given: ConsentRecord = {
    scope: 'This campaign',
    networks: ['x'],
    givenOn: new Date('2014-08-01'),
    expiresOn: null,
    withdrawnAt: null,
  };
  return { kind, consent: { ...given, ...consent } };
}

describe('rule: a messenger is heard only as far as they agreed', () => {
  it('covers the networks that the consent names, and no other', () => {
    expect(consentCovers(messenger(), 'x', now)).to.equal(true);
    expect(consentCovers(messenger(), 'mastodon', now)).to.equal(false);
  });

  it('ends with its day of expiry, not before', () => {
    const lastDay = messenger({ expiresOn: new Date('2014-10-14') });
    expect(consentCovers(lastDay, 'x', now)).to.equal(true);
    expect(consentStanding(lastDay, new Date('2014-10-15T00:00:00Z'))).to.equal('expired');
  });

  it('ends at once when it is withdrawn', () => {
    const withdrawn = messenger({ withdrawnAt: now });
    expect(consentStanding(withdrawn, now)).to.equal('withdrawn');
    expect(() => assertConsentNotWithdrawn(withdrawn))
      .to.throw(RuleViolation)
      .with.property('rule', 'consent-withdrawn');
  });

  it('needs a date and a scope', () => {
    expect(consentStanding(messenger({ givenOn: null }), now)).to.equal('not-given');
    expect(consentStanding(messenger({ givenOn: new Date('2014-11-01') }), now)).to.equal('not-given');
    expect(consentStanding(messenger({ scope: ' ' }), now)).to.equal('no-scope');
  });

  it('asks no consent of the organisation itself', () => {
    const ourselves = messenger({ givenOn: null, scope: '', networks: [] }, 'organisation');
    expect(consentCovers(ourselves, 'bluesky', now)).to.equal(true);
  });
});
