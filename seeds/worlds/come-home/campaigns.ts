import type { Brief, CampaignState } from '../../../server/domain/campaign.ts';
import type { DemoAnswer } from './answers.ts';

/** A campaign of the demo world; days count from the day the world is built. */
export interface DemoCampaign {
  key: DemoAnswer['campaign'];
  title: string;
  state: CampaignState;
  startsInDays: number;
  endsInDays: number;
  segment: DemoAnswer['segment'];
  narratives: DemoAnswer['narrative'][];
  lessons: string;
  brief: Omit<Brief, 'objectives'> & {
    objectives: (Omit<Brief['objectives'][number], 'dueOn'> & { dueInDays: number })[];
  };
}

const shared = {
  proportionality:
    'The claims already reach the audience every day; not answering leaves families alone. No text repeats a claim word for word.',
  dialoguePlan:
    'Two trained colleagues answer replies from 8 to 22 h; urgent ones go to the helpline team, which is staffed day and night.',
  funder: 'Paid by the members of the Open Door Collective and a city grant (fictional).',
  isPoliticalAdvertising: false,
  dataProtection:
    'Impact assessment 2014-03; no commenter is stored; texts of replies are deleted after 90 days.',
  exitPlan: 'The helpline stays; accounts say so in their last post and keep a pinned address.',
  serviceIsStaffed: true,
} as const;

export const CAMPAIGNS: readonly DemoCampaign[] = [
  {
    key: 'before-you-go',
    title: 'Before you go',
    state: 'closed',
    startsInDays: -75,
    endsInDays: -20,
    segment: 'educators',
    narratives: ['duty', 'adventure', 'pride', 'belonging'],
    lessons:
      'Questions worked better than warnings. Posts at 17:30 were answered, posts at noon were not. Parents wrote more often at night: the helpline hours were changed.',
    brief: {
      ...shared,
      problem:
        'Many parents and teachers learn of a departure only afterwards, often from a post on a social network.',
      intent: 'prevent-joining',
      theoryOfChange: [
        {
          ifWe: 'tell people close to young adults which signs matter and whom to call,',
          thenAudience: 'asks for help in time,',
          because: 'most hesitate for want of words and not of will.',
          assumption: 'The workshop team answers within two days.',
        },
      ],
      secondarySegments: [],
      messageType: 'alternative-narrative',
      tone: 'questioning',
      messengers: [],
      media: 'Two short posts a week; no pictures of people.',
      languages: 'en, fr, ar',
      budget: '1.5 posts for nine weeks; no paid reach.',
      legalReview: '',
      safeguarding: '',
      approvals:
        'Every text: one reviewer who did not write it. The brief: board and two partner associations.',
      objectives: [
        {
          statement: '120 schools and youth clubs ask for the workshop.',
          tier: 'impact',
          indicator: 'Requests for a workshop',
          baseline: 14,
          target: 120,
          dueInDays: -20,
          source: 'Booking list of the workshop team',
        },
        {
          statement: '60,000 views among people who work with young adults.',
          tier: 'awareness',
          indicator: 'Impressions',
          baseline: 0,
          target: 60_000,
          dueInDays: -20,
          source: 'X, per post, 30 days',
        },
      ],
      keyMessage: 'You may ask. You are not the only one who does not know what to say.',
      callToAction: 'Ask for a workshop, or call',
      service: 'Workshop team and family helpline',
      risks:
        'Teachers might feel accused; a community might feel marked. Read by two partner associations before review.',
    },
  },
  {
    key: 'come-home',
    title: 'Come home',
    state: 'running',
    startsInDays: -18,
    endsInDays: 40,
    segment: 'parents',
    narratives: ['pride', 'adventure', 'duty', 'belonging'],
    lessons: '',
    brief: {
      ...shared,
      problem:
        'Around 3,000 Europeans had travelled by September 2014. Recruiters use social networks heavily and move on when they are taken down.',
      intent: 'intervene',
      theoryOfChange: [
        {
          ifWe: 'let people who lived through it say that there is a way back,',
          thenAudience: 'that hesitates calls before anybody leaves,',
          because: 'shame and fear of judgement hold them more than conviction.',
          assumption: 'The helpline is known to keep what it hears to itself.',
        },
        {
          ifWe: 'answer every reply within a day,',
          thenAudience: 'goes on talking with us instead of about us,',
          because: 'a monologue is what they know from everybody else.',
          assumption: 'Two trained colleagues are on duty each day.',
        },
      ],
      secondarySegments: [],
      messageType: 'alternative-narrative',
      tone: 'testimonial',
      messengers: [],
      media: 'One short post a week and language; testimony in text only, so that nobody is recognised.',
      languages: 'en, fr, ar',
      budget: 'Two posts for nine weeks and the helpline’s night shift; no paid reach.',
      legalReview: '',
      safeguarding: '',
      approvals:
        'Every text: one reviewer who did not write it. Testimony: the messenger reads the final text.',
      objectives: [
        {
          statement: '400 visits a month to the helpline page by parents in Belgium and France.',
          tier: 'engagement',
          indicator: 'Link clicks to the helpline page',
          baseline: 31,
          target: 400,
          dueInDays: 40,
          source: 'X, link clicks per post',
        },
        {
          statement: '25 first calls to the helpline that name the campaign.',
          tier: 'impact',
          indicator: 'First calls that name the campaign',
          baseline: 0,
          target: 25,
          dueInDays: 40,
          source: 'Call log, counted weekly without names',
        },
      ],
      keyMessage: 'You can still call, whatever happened.',
      callToAction: 'Call the family helpline',
      service: 'Family helpline, day and night',
      risks:
        'Messengers could be attacked online; somebody at risk could feel mocked. Testimony only, no irony.',
    },
  },
];

/** When an answer goes out. `answer/language`, with `/arm` for another arm than the first, days from now, local time in Brussels. */
export const TIMETABLE: readonly (readonly [string, number, string])[] = [
  ['follow-me-elsewhere/en', -70, '17:30'],
  ['follow-me-elsewhere/fr', -68, '17:30'],
  ['three-thousand/en', -63, '07:45'],
  ['three-thousand/fr', -61, '12:10'],
  ['three-thousand/ar', -60, '18:00'],
  ['we-learned-from-a-post/en', -54, '20:15'],
  ['we-learned-from-a-post/fr', -52, '20:15'],
  ['same-table/en', -41, '09:30'],
  ['same-table/fr', -40, '09:30'],
  ['three-mothers/en', -16, '20:00'],
  ['three-mothers/fr', -15, '20:00'],
  ['three-mothers/ar', -14, '19:30'],
  ['three-mothers/en/story', -12, '20:00'],
  ['after-the-goodbye/en', -9, '17:30'],
  ['after-the-goodbye/fr', -8, '17:30'],
  ['you-can-still-call/en', -3, '21:00'],
  ['you-can-still-call/fr', -2, '21:00'],
  ['you-can-still-call/ar', 1, '08:00'],
  ['help-that-arrives/en', 2, '12:30'],
  ['help-that-arrives/fr', 3, '12:30'],
  ['after-the-goodbye/ar', 4, '18:00'],
  ['room-for-you/en', 6, '17:45'],
];
