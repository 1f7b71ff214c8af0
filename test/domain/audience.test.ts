import { expect } from 'chai';
import { assertFitsTier, assertTargeting, type Targeting } from '../../server/domain/audience.ts';
import { RuleViolation } from '../../server/domain/rule-violation.ts';

function targeting(fields: Partial<Targeting> = {}): Targeting {
  return { countries: ['BE'], languages: ['fr'], ageFrom: 18, ageTo: null, topics: [], ...fields };
}

describe('rule 1: targeting is a closed vocabulary', () => {
  for (const ageFrom of [17, 0, -1, Number.NaN]) {
    it(`refuses targeting from the age of ${ageFrom} (DSA 28(2))`, () => {
      expect(() => assertTargeting(targeting({ ageFrom })))
        .to.throw(RuleViolation)
        .with.property('rule', 'targeting-from-eighteen');
    });
  }

  const refused: Record<string, string[]> = {
    religion: ['Muslim youth', 'musulmans', 'المسلمين', 'churches in Lyon', 'Église', 'والمساجد'],
    ethnicity: ['Moroccan families', 'Maghrébins', 'العرب', 'Roma', 'black people'],
    politics: ['far-right voters', 'électeurs', 'politique', 'السياسة'],
    health: ['depression', 'Dépressifs', 'mental illness', 'مرضى'],
    orientation: ['gay men', 'LGBT', 'homosexuels', 'المثليين'],
    'union-membership': ['trade union', 'syndicats', 'النقابات'],
  };
  for (const [category, topics] of Object.entries(refused)) {
    for (const topic of topics) {
      it(`refuses “${topic}” as ${category} (DSA 26(3), GDPR 9)`, () => {
        expect(() => assertTargeting(targeting({ topics: ['parenting', topic] })))
          .to.throw(RuleViolation)
          .with.property('values')
          .that.deep.equals({ topic, category });
      });
    }
  }

  const allowed = [
    'travel to Syria',
    'Islamic State',
    'helpline',
    'football',
    'conservation',
    'arms embargo',
    'vacances',
    'السفر إلى سوريا',
  ];
  for (const topic of allowed) {
    it(`lets “${topic}” pass as a contextual topic`, () => {
      expect(() => assertTargeting(targeting({ topics: [topic] }))).not.to.throw();
    });
  }
});

describe('rule: a tertiary segment is signposted only', () => {
  it('refuses anything but a help offer', () => {
    expect(() => assertFitsTier('tertiary', 'counter-narrative'))
      .to.throw(RuleViolation)
      .with.property('rule', 'tertiary-signposting-only');
    expect(() => assertFitsTier('tertiary', 'help-offer')).not.to.throw();
    expect(() => assertFitsTier('secondary', 'counter-narrative')).not.to.throw();
  });
});
