import { expect } from 'chai';
import { DELIVERY_STATES, type DeliveryState } from '../../server/domain/delivery.ts';
import { POST_STATES, postState } from '../../server/domain/post.ts';

const of = (...states: DeliveryState[]) => postState(states.map((state) => ({ state })));

describe('the state of a post', () => {
  it('says first that somebody is needed', () => {
    expect(of('published', 'sending', 'needs-person')).to.equal('needs-person');
    expect(of('scheduled', 'missed')).to.equal('needs-person');
    expect(of('published', 'auth-needed')).to.equal('needs-person');
  });

  it('says next what is under way, then what waits', () => {
    expect(of('published', 'unknown')).to.equal('publishing');
    expect(of('published', 'held')).to.equal('held');
    expect(of('published', 'scheduled')).to.equal('scheduled');
  });

  it('is published when all of it is, and partly when the rest ended otherwise', () => {
    expect(of('published', 'published')).to.equal('published');
    expect(of('published', 'failed')).to.equal('partly-published');
    expect(of('published', 'withdrawn')).to.equal('partly-published');
  });

  it('says how it ended when nothing is published', () => {
    expect(of('failed', 'cancelled')).to.equal('failed');
    expect(of('withdrawn', 'cancelled')).to.equal('withdrawn');
    expect(of('cancelled')).to.equal('cancelled');
    expect(of()).to.equal('cancelled');
  });

  it('knows a state for every delivery', () => {
    for (const state of DELIVERY_STATES) expect(POST_STATES).to.include(of(state));
  });
});
