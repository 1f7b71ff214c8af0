import { expect } from 'chai';
import type { AudienceRole } from '../../server/domain/audience.ts';
import { assertMayStart, briefStanding } from '../../server/domain/brief.ts';
import { assertMayClose, assertOpen, type Brief, type Campaign } from '../../server/domain/campaign.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

const whole: Brief = {
  problem: 'Recruiters speak to 17-year-olds before their parents know.',
  intent: 'prevent-joining',
  proportionality: 'The claims already circulate widely in the region.',
  theoryOfChange: [
    {
      ifWe: 'tell parents whom to call',
      thenAudience: 'calls earlier',
      because: 'they fear prison less than silence',
      assumption: '',
    },
  ],
  secondarySegments: [],
  messageType: 'help-offer',
  tone: 'empathic',
  messengers: ['a messenger'],
  media: 'Short posts',
  languages: 'en, fr',
  budget: 'Two posts',
  legalReview: '',
  safeguarding: '',
  approvals: 'One reviewer',
  objectives: [
    {
      statement: '400 visits to the helpline page',
      tier: 'engagement',
      indicator: 'Visits a week',
      baseline: 31,
      target: 400,
      dueOn: new Date('2014-12-01'),
      source: 'Server log',
    },
  ],
  keyMessage: 'You can still call.',
  callToAction: 'Call the helpline',
  service: 'Family helpline',
  serviceIsStaffed: true,
  dialoguePlan: 'Two people answer from 9 to 21.',
  funder: 'City of Vilvoorde',
  isPoliticalAdvertising: false,
  risks: 'Stigma of a whole quarter.',
  dataProtection: 'DPIA 2014-3',
  exitPlan: 'Helpline stays for a year.',
};

function campaign(
  brief: Partial<Brief> = {},
  fields: Partial<Campaign> & { audience?: readonly AudienceRole[] } = {},
) {
  return {
    state: 'planned' as const,
    startsOn: new Date('2014-09-01'),
    endsOn: new Date('2014-12-01'),
    segment: 'a segment',
    narratives: ['a narrative'],
    audience: ['influencers' as const],
    ...fields,
    brief: { ...whole, ...brief },
  };
}

describe('rule: completeness of the brief is what gates, no order is forced', () => {
  it('counts words once: a part that says the same as an earlier one is not there', () => {
    const pasted = 'We do what is right.';
    const standing = briefStanding(
      campaign({ problem: pasted, keyMessage: ` we do what is  right`, risks: pasted, dialoguePlan: pasted }),
    );
    const repeats = standing.flatMap((one) => (one.repeats === 'problem' && !one.isThere ? one.part : []));
    expect(repeats).to.deep.equal(['keyMessage', 'dialoguePlan', 'risks']);
    expect(standing.find(({ part }) => part === 'problem')?.isThere).to.equal(true);
    expect(() => assertMayStart(campaign({ problem: pasted, risks: pasted })))
      .to.throw(RuleViolation)
      .with.property('rule', 'brief-incomplete');
  });

  it('finds nothing missing in a whole brief', () => {
    expect(briefStanding(campaign()).filter(({ isThere }) => !isThere)).to.deep.equal([]);
    expect(() => assertMayStart(campaign())).not.to.throw();
  });

  it('names exactly the parts that are missing', () => {
    const missing = briefStanding(campaign({ risks: ' ', intent: null }, { segment: null })).filter(
      (part) => !part.isThere,
    );
    expect(missing.map(({ part }) => part)).to.deep.equal(['intent', 'segment', 'risks']);
  });

  it('counts an objective only with indicator, baseline, target and date', () => {
    const [objective] = whole.objectives;
    const vague = campaign({ objectives: [{ ...objective!, baseline: null }] });
    expect(briefStanding(vague).find(({ part }) => part === 'objectives')?.isThere).to.equal(false);
  });

  it('asks for an objective that goes beyond views', () => {
    const [objective] = whole.objectives;
    const views = campaign({ objectives: [{ ...objective!, tier: 'awareness' }] });
    expect(briefStanding(views).find(({ part }) => part === 'beyondAwareness')?.isThere).to.equal(false);
  });

  it('does not count a service that nobody staffs', () => {
    const unanswered = briefStanding(campaign({ serviceIsStaffed: false }));
    expect(unanswered.find(({ part }) => part === 'service')?.isThere).to.equal(false);
  });

  it('refuses to start while an essential part is missing, and starts without the others', () => {
    expect(() => assertMayStart(campaign({ dialoguePlan: '' })))
      .to.throw(RuleViolation)
      .with.property('rule', 'brief-incomplete');
    expect(() => assertMayStart(campaign({ funder: '', exitPlan: '' }))).not.to.throw();
  });

  it('starts political advertising only after legal review (Regulation 2024/900)', () => {
    const political = { isPoliticalAdvertising: true };
    expect(() => assertMayStart(campaign(political)))
      .to.throw(RuleViolation)
      .with.property('rule', 'brief-incomplete');
    expect(() => assertMayStart(campaign({ ...political, legalReview: 'B. Maes, 3 Sept' }))).not.to.throw();
  });

  it('starts a campaign for youth only with a safeguarding sign-off (DSA 28(2))', () => {
    const youth = { audience: ['influencers', 'youth'] as const };
    expect(() => assertMayStart(campaign({}, youth)))
      .to.throw(RuleViolation)
      .with.property('rule', 'brief-incomplete');
    expect(() => assertMayStart(campaign({ safeguarding: 'S. Adam, 1 Sept' }, youth))).not.to.throw();
  });

  it('refuses to start a campaign twice', () => {
    expect(() => assertMayStart(campaign({}, { state: 'running' })))
      .to.throw(RuleViolation)
      .with.property('rule', 'campaign-already-started');
  });
});

describe('rule: lessons are part of closing a campaign', () => {
  it('refuses to close without lessons', () => {
    expect(() => assertMayClose({ state: 'running' }, { lessons: ' ', waiting: 0 }))
      .to.throw(RuleViolation)
      .with.property('rule', 'closing-needs-lessons');
    expect(() =>
      assertMayClose({ state: 'running' }, { lessons: 'Ask parents first.', waiting: 0 }),
    ).not.to.throw();
  });

  it('refuses to close while posts still wait', () => {
    expect(() => assertMayClose({ state: 'running' }, { lessons: 'Ask parents first.', waiting: 2 }))
      .to.throw(RuleViolation)
      .that.deep.includes({ rule: 'closing-with-posts-waiting', values: { count: 2 } });
  });

  it('closes only what runs, and changes nothing afterwards', () => {
    expect(() => assertMayClose({ state: 'planned' }, { lessons: 'None', waiting: 0 }))
      .to.throw(RuleViolation)
      .with.property('rule', 'campaign-not-running');
    expect(() => assertOpen({ state: 'closed' }))
      .to.throw(RuleViolation)
      .with.property('rule', 'campaign-closed');
  });
});
