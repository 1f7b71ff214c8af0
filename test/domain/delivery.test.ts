import { expect } from 'chai';
import {
  ACCEPTING_STATES,
  CANCELLABLE_STATES,
  DELIVERY_STATES,
  type DeliveryState,
  FINAL_STATES,
  isFinal,
  mayBecome,
  SENDABLE_STATES,
} from '../../server/domain/delivery.ts';

/** The whole life of a delivery, written down a second time: from, then every state it may become. */
const LIFE: Record<DeliveryState, DeliveryState[]> = {
  held: ['held', 'scheduled', 'cancelled', 'published'],
  scheduled: ['scheduled', 'held', 'claimed', 'missed', 'cancelled', 'published'],
  claimed: [
    'claimed',
    'scheduled',
    'retry-wait',
    'held',
    'missed',
    'auth-needed',
    'sending',
    'published',
    'failed',
  ],
  sending: ['claimed', 'published', 'retry-wait', 'failed', 'auth-needed', 'unknown'],
  'retry-wait': ['retry-wait', 'claimed', 'held', 'missed', 'cancelled', 'published'],
  'auth-needed': ['scheduled', 'held', 'missed', 'cancelled', 'published'],
  unknown: ['reconciling', 'needs-person', 'published'],
  reconciling: ['reconciling', 'retry-wait', 'needs-person', 'published'],
  'needs-person': ['retry-wait', 'cancelled', 'published'],
  missed: ['scheduled', 'held', 'cancelled', 'published'],
  published: ['published', 'withdrawn'],
  failed: ['needs-person', 'published'],
  cancelled: ['needs-person', 'published'],
  withdrawn: [],
};

describe('the table of a delivery’s states', () => {
  for (const from of DELIVERY_STATES) {
    for (const to of DELIVERY_STATES) {
      const isLegal = LIFE[from].includes(to);
      it(`${isLegal ? 'lets' : 'never lets'} ${from} become ${to}`, () => {
        expect(mayBecome(from, to)).to.equal(isLegal);
      });
    }
  }

  it('leads to sending only through a claim', () => {
    const before = DELIVERY_STATES.filter((state) => mayBecome(state, 'sending'));
    expect(before).to.deep.equal(['claimed']);
  });

  it('claims only what certainly is not on its way', () => {
    const before = DELIVERY_STATES.filter((state) => mayBecome(state, 'claimed'));
    // A claim may go on as it prepares; a sender has heard that a part was accepted, and claims for the next.
    expect(before).to.have.members([...SENDABLE_STATES, 'claimed', 'sending']);
  });

  it('never leads from an unclear outcome to another try without a look at the network', () => {
    expect(mayBecome('unknown', 'retry-wait')).to.equal(false);
    expect(mayBecome('sending', 'scheduled')).to.equal(false);
    expect(mayBecome('unknown', 'cancelled')).to.equal(false);
  });

  it('leaves a final state only by a withdrawal or by a try that ends late', () => {
    for (const from of FINAL_STATES) {
      const ways = DELIVERY_STATES.filter((to) => to !== from && mayBecome(from, to));
      const expected = {
        published: ['withdrawn'],
        failed: ['needs-person', 'published'],
        cancelled: ['needs-person', 'published'],
        withdrawn: [],
      };
      expect(ways, from).to.deep.equal(expected[from]);
    }
  });

  it('reaches a final state from every state that is not final', () => {
    for (const start of DELIVERY_STATES) {
      const reached = new Set<DeliveryState>([start]);
      for (const from of reached) for (const to of LIFE[from]) reached.add(to);
      expect([...reached].some(isFinal), start).to.equal(true);
    }
  });

  it('can always become cancelled where a person may cancel', () => {
    for (const state of CANCELLABLE_STATES) expect(mayBecome(state, 'cancelled')).to.equal(true);
  });

  it('takes a late acceptance wherever a request may have left before', () => {
    expect(ACCEPTING_STATES).to.include.members([
      'sending',
      'unknown',
      'reconciling',
      'needs-person',
      'retry-wait',
    ]);
    expect(ACCEPTING_STATES).not.to.include.members(['published']);
  });
});
