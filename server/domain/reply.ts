export const REPLY_CODES = [
  'constructive',
  'neutral',
  'antagonistic',
  'off-topic',
  'hateful-illegal',
  'help-seeking',
  'risk-disclosure',
] as const;
export type ReplyCode = (typeof REPLY_CODES)[number];

/**
 * What somebody answered under one of our posts, without anything that says who (domain rule 6).
 * The keys are keyed hashes; the key belongs to the campaign and dies with it.
 */
export interface Reply {
  _id: string;
  campaign: string;
  delivery: string;
  /** Keyed hash of the remote id; keeps a reply from being stored twice. */
  replyKey: string;
  /** Keyed hash of conversation and author; counts an exchange without naming anyone. */
  threadKey: string;
  /** With handles and addresses taken out; null once its days are over. */
  text: string | null;
  language: string;
  receivedAt: Date;
  /** When the text is deleted. */
  textExpiresAt: Date;
  code: ReplyCode | null;
  coder: string | null;
  codedAt: Date | null;
  isDemo: boolean;
}

const TEXT_DAYS = 90;

/** When the text of a reply that came in then is deleted: after 90 days (domain rule 6). */
export function textExpiresAt(receivedAt: Date): Date {
  return new Date(receivedAt.getTime() + TEXT_DAYS * 24 * 3_600_000);
}
