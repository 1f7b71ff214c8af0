import { expect } from 'chai';
import type { Attempt } from '../../server/domain/delivery.ts';
import { needsPreparing } from '../../server/domain/preparation.ts';

const now = new Date('2014-10-14T07:00:00Z');
const before = new Date('2014-10-14T06:59:59Z');
const after = new Date('2014-10-14T07:00:01Z');

const attempt = (outcome: string | null, fields: Partial<Attempt> = {}): Attempt => ({
  number: 1,
  kind: 'publication',
  fencingToken: 1,
  incarnation: 'i',
  step: 0,
  startedAt: before,
  endedAt: outcome === null ? null : before,
  outcome,
  detail: '',
  ...fields,
});
const needs = (attempts: Attempt[], preparedUntil: Date | null = before, sent = 0) =>
  needsPreparing(
    {
      prepared: 'x',
      preparedUntil,
      attempts,
      sent: Array.from({ length: sent }, () => ({ remoteId: '1', remoteUrl: null, at: before })),
    },
    now,
  );

describe('What a network was given to prepare', () => {
  it('is made when there is nothing yet', () => {
    expect(needsPreparing({ prepared: null, attempts: [attempt('unknown')] }, now)).to.equal(true);
  });

  it('is used while it is good, and for ever where the network never forgets it', () => {
    expect(needs([], after)).to.equal(false);
    expect(needs([], null)).to.equal(false);
  });

  it('is made anew when it is over and nothing can be on the network', () => {
    expect(needs([])).to.equal(true);
    expect(needs([attempt('limited'), attempt('not-sent'), attempt('unauthorised')])).to.equal(true);
  });

  it('stays as it was when a request with it may be on the network', () => {
    expect(needs([attempt('limited'), attempt('unknown')])).to.equal(false);
    expect(needs([attempt(null)])).to.equal(false);
  });

  it('looks at the tries of the part that is next, and at no withdrawal', () => {
    expect(needs([attempt('unknown'), attempt('limited', { step: 1 })], before, 1)).to.equal(true);
    expect(needs([attempt('unknown', { step: 1 })], before, 1)).to.equal(false);
    expect(needs([attempt(null, { kind: 'withdrawal' })])).to.equal(true);
  });
});
