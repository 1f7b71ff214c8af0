import { expect } from 'chai';
import type { Account } from '../../server/domain/account.ts';
import { type DepartureFacts, obstacleTo } from '../../server/domain/departure.ts';
import { PUBLISHING_TIMES as times } from '../../server/domain/publishing-times.ts';

const dueAt = new Date('2014-10-14T10:00:00Z');
const minutesLate = (minutes: number) => new Date(dueAt.getTime() + minutes * 60_000);
const delivery = {
  text: 'Call us.',
  contentHash: 'hash',
  variant: 'v1',
  account: 'a1',
  network: 'x' as const,
  dueAt,
  nextAt: dueAt,
  attempts: [],
};
const account = {
  _id: 'a1',
  home: 'rehearsal',
  state: 'enabled',
  disclosure: {
    operatorInProfile: true,
    automatedLabel: true,
    ownerNamed: true,
    checkedBy: 'm1',
    checkedAt: dueAt,
  },
} as Account;
const message: NonNullable<DepartureFacts['message']> = {
  state: 'approved',
  approval: { contentHash: 'hash', reviewer: 'm2', at: dueAt },
  contentHash: 'hash',
  origin: 'human',
  messenger: null,
  variants: [{ _id: 'v1', network: 'x', language: 'en', text: 'Call us.', accounts: ['a1'] }],
};
const facts: DepartureFacts = { message, messenger: null, account, isPaused: false, home: 'rehearsal' };
const stateOf = (changed: Partial<DepartureFacts>, at = minutesLate(0)) =>
  obstacleTo(delivery, { ...facts, ...changed }, at, times)?.state;

describe('what keeps a delivery from leaving', () => {
  it('is nothing when it is due, approved as it is, and its account is fit', () => {
    expect(obstacleTo(delivery, facts, minutesLate(0), times)).to.equal(null);
    expect(obstacleTo(delivery, facts, minutesLate(60), times)).to.equal(null);
  });

  it('is a pause, before anything else; it waits where it is', () => {
    expect(stateOf({ isPaused: true, message: null }, minutesLate(120))).to.equal(null);
  });

  const edits: [string, DepartureFacts['message']][] = [
    ['is gone', null],
    ['is back in draft', { ...message, state: 'draft' }],
    ['was edited', { ...message, contentHash: 'other' }],
    [
      'was edited and approved again',
      { ...message, contentHash: 'b', approval: { contentHash: 'b', reviewer: 'm', at: dueAt } },
    ],
    [
      'has another text under the same hash',
      { ...message, variants: [{ ...message.variants[0]!, text: 'Call them.' }] },
    ],
    ['no longer names the account', { ...message, variants: [{ ...message.variants[0]!, accounts: [] }] }],
    ['has lost the variant', { ...message, variants: [] }],
  ];
  for (const [what, edited] of edits) {
    it(`is that the message ${what}: it is held`, () => {
      expect(stateOf({ message: edited })).to.equal('held');
    });
  }

  it('is a consent that was taken back: it is held', () => {
    const consent = {
      scope: 's',
      networks: ['x' as const],
      givenOn: new Date(0),
      expiresOn: null,
      withdrawnAt: dueAt,
    };
    const named = { message: { ...message, messenger: 'm3' } };
    expect(stateOf({ ...named, messenger: { kind: 'family', consent } })).to.equal('held');
    const valid = { ...consent, withdrawnAt: null };
    expect(stateOf({ ...named, messenger: { kind: 'family', consent: valid } })).to.equal(undefined);
  });

  it('is a messenger who is gone, and their consent with them: it is held', () => {
    expect(stateOf({ message: { ...message, messenger: 'm3' }, messenger: null })).to.equal('held');
  });

  it('is being more than an hour late: it is missed', () => {
    expect(stateOf({}, minutesLate(60.1))).to.equal('missed');
  });

  it('is not being due yet', () => {
    expect(obstacleTo(delivery, facts, minutesLate(-0.01), times)?.state).to.equal(null);
    expect(obstacleTo({ ...delivery, nextAt: minutesLate(5) }, facts, minutesLate(1), times)?.state).to.equal(
      null,
    );
    expect(obstacleTo({ ...delivery, nextAt: null }, facts, minutesLate(1), times)?.state).to.equal(null);
  });

  const accounts: [string, Account | null][] = [
    ['is gone', null],
    ['is paused', { ...account, state: 'paused' }],
    ['lost its credential', { ...account, state: 'auth-needed' }],
    ['is not disclosed', { ...account, disclosure: { ...account.disclosure, automatedLabel: false } }],
    ['lives on the real network', { ...account, home: 'live' }],
  ];
  for (const [what, unfit] of accounts) {
    it(`is that the account ${what}: it waits where it is`, () => {
      expect(obstacleTo(delivery, { ...facts, account: unfit }, minutesLate(1), times)).to.include({
        state: null,
      });
    });
  }
});
