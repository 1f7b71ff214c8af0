import type { MessageType, Strategy, Tone } from '../../../server/domain/message.ts';

/** What a message of the demo world says, by content language. Every person, account and address is fictional. */
export interface DemoAnswer {
  key: string;
  campaign: 'before-you-go' | 'come-home';
  title: string;
  type: MessageType;
  tone: Tone;
  strategies: Strategy[];
  narrative: 'duty' | 'pride' | 'adventure' | 'belonging';
  segment: 'parents' | 'young-adults' | 'educators';
  messenger: 'mothers' | 'returnee' | 'nurse' | 'organisation';
  callToAction: string;
  texts: Partial<Record<'en' | 'fr' | 'ar', string>>;
  /** A second version of a text, for an experiment: what the arms are called, and what the other one says. */
  arms?: Partial<Record<'en' | 'fr' | 'ar', { own: string; other: string; text: string }>>;
  /** Says in each language what the picture of the lit window shows, where the text carries it. */
  window?: Partial<Record<'en' | 'fr' | 'ar', string>>;
}

/** The lit window, in words. */
export const WINDOW = {
  en: 'A street of dark houses at dusk; in one window a lamp is lit.',
  fr: 'Une rue de maisons sombres au crépuscule ; à une fenêtre, une lampe est allumée.',
  ar: 'شارع بيوته مظلمة عند الغسق، وفي نافذة واحدة مصباح مضاء.',
};

export const ANSWERS: readonly DemoAnswer[] = [
  {
    key: 'three-mothers',
    campaign: 'come-home',
    title: 'Three mothers',
    type: 'alternative-narrative',
    tone: 'testimonial',
    strategies: ['affiliation', 'warning-of-consequences'],
    narrative: 'pride',
    segment: 'parents',
    messenger: 'mothers',
    callToAction: 'Call the family helpline',
    window: WINDOW,
    texts: {
      en: 'Three mothers, one question: when did our children stop telling us things? We learned of it from a post. If you are worried about someone you love, talk to us before it is a goodbye. Free and confidential: https://comehome.example/help',
      fr: 'Trois mères, une question : depuis quand nos enfants ne nous disaient-ils plus rien ? Nous l’avons appris par une publication. Inquiet pour un proche ? Parlez-nous avant les adieux. Gratuit et confidentiel : https://comehome.example/aide',
      ar: 'ثلاث أمهات وسؤال واحد: متى توقف أبناؤنا عن الحديث معنا؟ عرفنا بالأمر من منشور. إن كنت قلقًا على من تحب فتحدث إلينا قبل أن يصبح الوداع. مجانًا وبسرية تامة: https://comehome.example/ar',
    },
    arms: {
      en: {
        own: 'question',
        other: 'story',
        text: 'We still lay the table for four. Our daughter said goodnight like every evening, and in the morning her bed was cold. We had not asked. You still can: three mothers and a trained listener answer tonight, in confidence. https://comehome.example/help',
      },
    },
  },
  {
    key: 'you-can-still-call',
    campaign: 'come-home',
    title: 'You can still call',
    type: 'help-offer',
    tone: 'empathic',
    strategies: ['positive-tone'],
    narrative: 'pride',
    segment: 'young-adults',
    messenger: 'organisation',
    callToAction: 'Call or write, day or night',
    texts: {
      en: 'Already packed? Already there? You can still call. Nobody will shout, nobody will judge. A person answers, 24 hours a day: https://comehome.example/call',
      fr: 'Valise déjà prête ? Déjà là-bas ? Tu peux encore appeler. Personne ne criera, personne ne jugera. Quelqu’un répond, 24 heures sur 24 : https://comehome.example/appel',
      ar: 'حقيبتك جاهزة؟ وصلت إلى هناك؟ ما زال بإمكانك الاتصال. لن يصرخ أحد ولن يحكم عليك أحد. شخص يجيبك على مدار الساعة: https://comehome.example/ar/call',
    },
  },
  {
    key: 'after-the-goodbye',
    campaign: 'come-home',
    title: 'After the goodbye',
    type: 'counter-narrative',
    tone: 'testimonial',
    strategies: ['warning-of-consequences', 'facts'],
    narrative: 'adventure',
    segment: 'young-adults',
    messenger: 'returnee',
    callToAction: 'Talk to somebody who came back',
    texts: {
      en: 'They told me I would help people. On the second day they took my passport. On the third I understood that leaving was not my decision any more. Ask me anything: https://comehome.example/ask',
      fr: 'On m’avait dit que j’aiderais des gens. Le deuxième jour, on a pris mon passeport. Le troisième, j’ai compris que partir ne dépendait plus de moi. Pose-moi tes questions : https://comehome.example/questions',
      ar: 'قالوا لي إنني سأساعد الناس. في اليوم الثاني أخذوا جواز سفري، وفي الثالث فهمت أن الرحيل لم يعد قراري. اسألني ما تشاء: https://comehome.example/ar/ask',
    },
  },
  {
    key: 'help-that-arrives',
    campaign: 'come-home',
    title: 'Help that arrives',
    type: 'alternative-narrative',
    tone: 'factual',
    strategies: ['facts', 'positive-tone'],
    narrative: 'duty',
    segment: 'young-adults',
    messenger: 'nurse',
    callToAction: 'Volunteer close to home',
    texts: {
      en: 'You want to help Syrian families. So do we. Last month 41 volunteers sorted winter clothes, taught a language and drove a van that arrived. It began with one evening a week: https://comehome.example/volunteer',
      fr: 'Tu veux aider des familles syriennes. Nous aussi. Le mois dernier, 41 bénévoles ont trié des vêtements d’hiver, donné des cours et conduit un camion qui est arrivé. Une soirée par semaine suffit : https://comehome.example/benevoles',
    },
  },
  {
    key: 'room-for-you',
    campaign: 'come-home',
    title: 'Room for you',
    type: 'alternative-narrative',
    tone: 'empathic',
    strategies: ['affiliation'],
    narrative: 'belonging',
    segment: 'young-adults',
    messenger: 'organisation',
    callToAction: 'Come to the open evening',
    texts: {
      en: 'Stopped again, turned down again, asked again where you are really from. It is not fair, and you are not alone with it. Thursday evening, open door, no speeches: https://comehome.example/thursday',
      fr: 'Encore contrôlé, encore refusé, encore « tu viens d’où, vraiment ? ». Ce n’est pas juste, et tu n’es pas seul. Jeudi soir, porte ouverte, pas de discours : https://comehome.example/jeudi',
      ar: 'أوقفوك مرة أخرى، ورفضوك مرة أخرى، وسألوك من أين أنت حقًا. هذا ليس عدلًا، ولست وحدك. مساء الخميس بابنا مفتوح بلا خطابات: https://comehome.example/ar/thursday',
    },
  },
  {
    key: 'room-for-the-night',
    campaign: 'come-home',
    title: 'A room for the night',
    type: 'help-offer',
    tone: 'empathic',
    strategies: ['positive-tone'],
    narrative: 'belonging',
    segment: 'young-adults',
    messenger: 'organisation',
    callToAction: 'Write to the night desk',
    window: WINDOW,
    texts: {
      en: 'A row at home, nowhere to go, and somebody online who seems to understand. Before you answer them: we have a bed, tea and time, tonight, no questions first: https://comehome.example/tonight',
      fr: 'Dispute à la maison, nulle part où aller, et quelqu’un en ligne qui semble comprendre. Avant de lui répondre : un lit, un thé et du temps, ce soir : https://comehome.example/ce-soir',
    },
  },
  {
    key: 'follow-me-elsewhere',
    campaign: 'before-you-go',
    title: 'Follow me elsewhere',
    type: 'prebunking',
    tone: 'questioning',
    strategies: ['question', 'facts'],
    narrative: 'adventure',
    segment: 'young-adults',
    messenger: 'organisation',
    callToAction: 'Learn the five signs',
    texts: {
      en: 'A new friend who wants to move the chat to another app, tonight, and asks you to tell nobody. Before you follow: what would they lose if you asked a friend first? Five signs: https://comehome.example/signs',
      fr: 'Un nouvel ami veut continuer sur une autre application, ce soir, sans que tu en parles. Avant de le suivre : que perdrait-il si tu demandais d’abord à un proche ? Cinq signes : https://comehome.example/signes',
    },
  },
  {
    key: 'we-learned-from-a-post',
    campaign: 'before-you-go',
    title: 'We learned of it from a post',
    type: 'help-offer',
    tone: 'testimonial',
    strategies: ['affiliation'],
    narrative: 'pride',
    segment: 'parents',
    messenger: 'mothers',
    callToAction: 'Join a parents’ evening',
    texts: {
      en: 'Proud? I learned that my son had left from a photograph that a stranger posted. I would give anything for the argument we never had. Parents, come and talk: https://comehome.example/parents',
      fr: 'Fière ? J’ai appris le départ de mon fils par une photo publiée par un inconnu. Je donnerais tout pour la dispute que nous n’avons pas eue. Parents, venez parler : https://comehome.example/parents-fr',
    },
  },
  {
    key: 'three-thousand',
    campaign: 'before-you-go',
    title: 'Three thousand families',
    type: 'counter-narrative',
    tone: 'factual',
    strategies: ['facts', 'warning-of-consequences'],
    narrative: 'duty',
    segment: 'educators',
    messenger: 'organisation',
    callToAction: 'Ask for a workshop',
    texts: {
      en: 'Around 3,000 Europeans had left for Syria and Iraq by September 2014. Behind each number stands a class that lost somebody. Teachers: what to say on Monday morning, and what not to: https://comehome.example/teachers',
      fr: 'Environ 3 000 Européens étaient partis pour la Syrie et l’Irak en septembre 2014. Derrière chaque chiffre, une classe a perdu quelqu’un. Enseignants : que dire lundi matin ? https://comehome.example/enseignants',
      ar: 'نحو ثلاثة آلاف أوروبي غادروا إلى سوريا والعراق حتى سبتمبر 2014. خلف كل رقم صفٌّ فقد أحدًا. للمعلمين: ماذا نقول صباح الاثنين وماذا نتجنب: https://comehome.example/ar/teachers',
    },
  },
  {
    key: 'same-table',
    campaign: 'before-you-go',
    title: 'At the same table',
    type: 'alternative-narrative',
    tone: 'factual',
    strategies: ['positive-tone'],
    narrative: 'belonging',
    segment: 'educators',
    messenger: 'organisation',
    callToAction: 'Sign up for the workshop',
    texts: {
      en: 'Ministers, companies and civil society agreed to learn from each other: joint workshops on answering recruitment online. We will be there, with parents at the table. Tell us what to bring: https://comehome.example/workshop',
      fr: 'Ministres, entreprises et société civile ont convenu d’apprendre ensemble : des ateliers communs pour répondre au recrutement en ligne. Nous y serons, avec des parents. Que devons-nous dire ? https://comehome.example/atelier',
    },
  },
];
