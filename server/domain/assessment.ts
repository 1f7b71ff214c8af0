export const AFFECTED_GROUPS = [
  'audience',
  'associated-community',
  'targeted-by-hate',
  'messenger-and-family',
  'staff',
  'minors',
  'organisation',
] as const;
export type AffectedGroup = (typeof AFFECTED_GROUPS)[number];

export const HARM_QUESTIONS = [
  'amplification',
  'backfire',
  'stigma',
  'exposure',
  'humour-misread',
  'crisis-event',
  'unanswered-call',
  'mistaken-for-government',
  'not-speaking',
] as const;
export type HarmQuestion = (typeof HARM_QUESTIONS)[number];

/** One risk of a do-no-harm assessment; likelihood and severity are 1 to 5. */
export interface Risk {
  question: HarmQuestion;
  affected: AffectedGroup;
  likelihood: number;
  severity: number;
  mitigation: string;
  owner: string;
  residualLikelihood: number;
  residualSeverity: number;
}

/** A do-no-harm assessment of one exact content; it gates approval and so scheduling. */
export interface Assessment {
  _id: string;
  message: string;
  contentHash: string;
  risks: Risk[];
  assessor: string;
  isDemo: boolean;
  createdAt: Date;
}
