import type { AudienceSegment } from '../../../server/domain/audience.ts';
import type { Messenger } from '../../../server/domain/messenger.ts';
import type { Narrative } from '../../../server/domain/narrative.ts';
import type { DemoAnswer } from './answers.ts';

type NarrativeFields = Pick<
  Narrative,
  'claim' | 'appeals' | 'circulation' | 'severity' | 'grievance' | 'tags'
>;
type SegmentFields = Pick<
  AudienceSegment,
  'name' | 'description' | 'role' | 'tier' | 'targeting' | 'persona'
>;
type MessengerFields = Pick<Messenger, 'name' | 'kind' | 'credibility' | 'safety'> & { scope: string };

/** Described soberly: no slogans, no pictures, no addresses of any group. */
export const NARRATIVES: Record<DemoAnswer['narrative'], NarrativeFields> = {
  duty: {
    claim: 'Whoever takes the suffering in Syria seriously has to travel there and fight.',
    appeals: ['moral', 'religious'],
    circulation: 'Public posts on several networks, then private messages once somebody answers',
    severity: 5,
    grievance: 'Real pictures of real suffering, and the feeling that nobody does anything about it.',
    tags: ['travel'],
  },
  pride: {
    claim: 'Your family will be angry for a week and proud for ever.',
    appeals: ['belonging', 'moral'],
    circulation: 'Private messages shortly before a departure',
    severity: 4,
    grievance: 'Conflicts at home, and the wish to be somebody in the eyes of the family.',
    tags: ['family'],
  },
  adventure: {
    claim: 'It is an adventure among friends, and whoever does not like it goes home again.',
    appeals: ['adventure', 'social'],
    circulation: 'Posts with everyday scenes; accounts that are taken down return under new names elsewhere',
    severity: 4,
    grievance: 'Boredom, no work, and the feeling of having missed one’s own life.',
    tags: ['travel'],
  },
  belonging: {
    claim: 'Europe will never accept you, whatever you do.',
    appeals: ['political', 'belonging'],
    circulation: 'Comments under news about discrimination',
    severity: 3,
    grievance: 'Discrimination that is real: at the door of a club, at work, in checks by the police.',
    tags: ['discrimination'],
  },
};

export const SEGMENTS: Record<DemoAnswer['segment'], SegmentFields> = {
  parents: {
    name: 'Parents in Belgium and France',
    description: 'Mothers and fathers who notice a change in a grown-up child and do not know whom to ask.',
    role: 'influencers',
    tier: 'primary',
    targeting: {
      countries: ['BE', 'FR'],
      languages: ['fr', 'en', 'ar'],
      ageFrom: 35,
      ageTo: 65,
      topics: ['family', 'parenting'],
    },
    persona:
      'Nadine (fictional), 47, works at a school canteen in Verviers. Her son, 19, no longer eats with her.',
  },
  'young-adults': {
    name: 'Young adults who are being courted',
    description:
      'People of 18 to 25 who ask questions about Syria in public and are answered by recruiters in private.',
    role: 'at-risk',
    tier: 'secondary',
    targeting: {
      countries: ['BE', 'FR', 'GB'],
      languages: ['en', 'fr', 'ar'],
      ageFrom: 18,
      ageTo: 25,
      topics: ['humanitarian aid', 'volunteering', 'travel'],
    },
    persona:
      'Sami (fictional), 20, delivers parcels in Lille, gave up his studies, watches the news every night.',
  },
  educators: {
    name: 'Teachers and youth workers',
    description: 'People whom young adults trust and who look for words on Monday morning.',
    role: 'influencers',
    tier: 'primary',
    targeting: {
      countries: ['BE', 'FR', 'GB'],
      languages: ['en', 'fr', 'ar'],
      ageFrom: 25,
      ageTo: null,
      topics: ['teaching', 'youth work'],
    },
    persona:
      'Griet (fictional), 33, teaches history in Mechelen; one chair in her class has been empty since June.',
  },
};

export const MESSENGERS: Record<DemoAnswer['messenger'], MessengerFields> = {
  mothers: {
    name: 'Three mothers',
    kind: 'family',
    credibility: 'They speak of their own sons and daughters, and of nothing else.',
    safety: 'First names and faces are never shown; replies are answered by staff.',
    scope: 'Texts in English, French and Arabic in these two campaigns',
  },
  returnee: {
    name: 'A young man who came back',
    kind: 'former',
    credibility: 'Left in 2013, came back after four months; his case is closed and public in summary.',
    safety: 'Pseudonymous, no voice, no place names; a psychologist reads every text with him first.',
    scope: 'Written testimony in English, French and Arabic until the end of the campaign',
  },
  nurse: {
    name: 'A nurse from Leuven',
    kind: 'practitioner',
    credibility: 'Organises the transport of aid that demonstrably arrives.',
    safety: 'Appears with her function only.',
    scope: 'Texts about volunteering in English and French',
  },
  organisation: {
    name: 'Open Door Collective',
    kind: 'organisation',
    credibility: 'Runs the helpline and the open evenings itself.',
    safety: 'Staff sign with initials.',
    scope: 'Everything the organisation publishes',
  },
};
