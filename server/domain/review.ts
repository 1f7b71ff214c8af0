export const DECISIONS = ['approve', 'return', 'reject'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What a reviewer decided about one exact content, and why. */
export interface Review {
  _id: string;
  message: string;
  contentHash: string;
  decision: Decision;
  comment: string;
  reviewer: string;
  isDemo: boolean;
  createdAt: Date;
}
