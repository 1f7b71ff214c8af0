/** Small files in the shapes of published collections. All texts are made up for these tests. */
export const CONAN_CSV = [
  'cn_id,hateSpeech,counterSpeech,hsType,hsSubType,cnType,age,gender,educationLevel',
  'ENT1ST1HS1CN1,Newcomers eat all our bread.,"Bakers say otherwise, and so do the figures.",economics,"wages , housing","facts , question",26-35,female,Master degree',
  'ENT1ST1HS1CN1P1,Newcomers eat all our bread.,The bakers\' own figures say otherwise.,economics,"wages , housing",facts,26-35,female,Master degree',
  'FRT1ST2HS3CN2,Ils ne parlent à personne.,"Mon voisin salue tout l\u2019immeuble, ""même le chat"".",culture,,humor,46-55,male,High school',
  'FRT1ST2HS3CN2T1,They talk to nobody.,My neighbour greets the whole house.,culture,,humor,46-55,male,High school',
  'ITT2ST1HS9CN4,Portano solo guai.,Vergognati e taci.,crimes,,negative,36-45,male,High school',
  '',
].join('\r\n');

/** Words of the columns about the people who wrote CONAN's answers; nobody may find them here. */
export const CONAN_PERSONAL = ['26-35', 'female', 'Master degree', '46-55', 'High school', 'educationLevel'];

export const MULTITARGET_JSON = JSON.stringify({
  '0': {
    INDEX: 0,
    HATE_SPEECH: 'Tall people should sit at the back.',
    COUNTER_NARRATIVE: 'Everybody paid for the same seat.\nHeight is no ticket.',
    TARGET: 'TALL',
    VERSION: 'V1',
  },
  '1': {
    INDEX: 1,
    HATE_SPEECH: 'Left-handers cannot write.',
    COUNTER_NARRATIVE: 'Some of the finest letters were written with the left hand.',
    TARGET: 'LEFT-HANDED',
    VERSION: 'V2',
  },
});

export const DIALOCONAN_JSON = JSON.stringify({
  text: {
    '0': 'Cyclists own the road now.',
    '1': 'They pay taxes for it like everyone.',
    '2': 'They never stop, see www.example.org/list today.',
    '3': 'Most do, and so do most drivers.',
    '4': 'Readers are lazy.',
    '5': 'Reading is work for the head.',
  },
  TARGET: {
    '0': 'CYCLISTS/WALKERS',
    '1': 'CYCLISTS/WALKERS',
    '2': 'CYCLISTS/WALKERS',
    '3': 'CYCLISTS/WALKERS',
    '4': 'READERS',
    '5': 'READERS',
  },
  dialogue_id: { '0': 7, '1': 7, '2': 7, '3': 7, '4': 8, '5': 8 },
  turn_id: { '0': 0, '1': 1, '2': 2, '3': 3, '4': 0, '5': 1 },
  type: { '0': 'HS', '1': 'CN', '2': 'HS', '3': 'CN', '4': 'HS', '5': 'CN' },
  source: { '0': 's', '1': 's', '2': 's', '3': 's', '4': 's', '5': 's' },
});

export const DIALOCONAN_CSV = [
  'text,TARGET,dialogue_id,turn_id,type,source',
  'Cyclists own the road now.,CYCLISTS,7,0,HS,s',
  'They pay taxes for it like everyone.,CYCLISTS,7,1,CN,s',
].join('\n');

export const KNOWLEDGE_JSON = JSON.stringify({
  data: [
    {
      hate_speech: 'Gardeners take our water.',
      knowledge_sentence: 'Gardens used two per cent of the water of the town in 2012.',
      counter_narrative: 'All gardens together used two per cent of it.',
      target: 'GARDENERS',
    },
    {
      hate_speech: 'Gardeners take our water.',
      knowledge_sentence: 'Rain fills the tanks.',
      counter_narrative: 'They catch rain that would run off.',
      target: 'GARDENERS',
    },
  ],
});

export const OWN_CSV = [
  '\uFEFFtext;language;claim;targets;severity;strategies;tone;standing;knowledge;tags;collection;key',
  '"You can call, ""any"" time.";en;Nobody will help you.;PARENTS / YOUTH;4;facts; factual ;;A helpline answers at night.;helpline, C00125;Our own;a1',
  '"Deux lignes\nd\u2019une r\u00e9ponse.";fr;;;;humour;humorous;refused;;;;',
].join('\r\n');
