/** One entry of the audit trail. Entries are never changed; each carries the hash of the one before. */
export interface TrailEvent {
  _id: string;
  sequence: number;
  at: Date;
  /** Member id; null when the software itself acted. */
  actor: string | null;
  /** Past-tense verb phrase, e.g. `message approved`: also its key in the locales. */
  verb: string;
  /** Noun of the subject, e.g. `message`. */
  subject: string;
  subjectId: string;
  campaign: string | null;
  /** Facts that the sentence needs; never a token, never a text of a reply. */
  details: Record<string, unknown>;
  previousHash: string;
  hash: string;
}
