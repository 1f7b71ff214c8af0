import { expect } from 'chai';
import { DELIVERY_STATES, mayBecome } from '../../server/domain/delivery.ts';
import { RESOLUTIONS, type Resolution, resolutionsFor, resolve } from '../../server/domain/resolution.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

const deciding = (resolution: Resolution, member = 'third') => ({
  resolution,
  member,
  scheduledBy: 'scheduler',
  approvedBy: 'reviewer',
});

describe('what a person decides about a delivery', () => {
  for (const state of DELIVERY_STATES) {
    for (const resolution of RESOLUTIONS) {
      const isOpen = resolutionsFor(state).includes(resolution);
      it(`${isOpen ? 'lets' : 'never lets'} somebody decide ${resolution} when it is ${state}`, () => {
        if (!isOpen) {
          expect(() => resolve({ state }, deciding(resolution))).to.throw(RuleViolation);
          return;
        }
        expect(mayBecome(state, resolve({ state }, deciding(resolution)))).to.equal(true);
      });
    }
  }

  for (const member of ['scheduler', 'reviewer']) {
    it(`does not let the ${member} confirm that it is sent again`, () => {
      expect(() => resolve({ state: 'needs-person' }, deciding('send-again', member)))
        .to.throw(RuleViolation)
        .with.property('rule', 'second-person-needed');
    });
  }

  it('lets the scheduler mark it as published or give it up', () => {
    expect(resolve({ state: 'needs-person' }, deciding('mark-published', 'scheduler'))).to.equal('published');
    expect(resolve({ state: 'needs-person' }, deciding('cancel', 'scheduler'))).to.equal('cancelled');
  });
});
