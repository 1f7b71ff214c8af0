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

/** Signs a text with the audit key, which is not in the database. */
export type Mac = (text: string) => string;

/** The text that the chain signs: every field, in a fixed order. */
export function signedText(entry: Omit<TrailEvent, '_id' | 'hash'>): string {
  const { sequence, at, actor, verb, subject, subjectId, campaign, details, previousHash } = entry;
  const instant = at instanceof Date ? at.toJSON() : at;
  return JSON.stringify([
    sequence,
    instant,
    actor,
    verb,
    subject,
    subjectId,
    campaign,
    details,
    previousHash,
  ]);
}

/**
 * How the trail was tampered with. `forged` is an entry that we did not sign, of which the rest does not say
 * whether it was changed or put in; `unchained` is one of ours that follows another than it was written after.
 */
export type TrailFaultKind =
  | 'changed'
  | 'inserted'
  | 'forged'
  | 'missing'
  | 'unchained'
  | 'replaced'
  | 'cut-off';

export interface TrailFault {
  kind: TrailFaultKind;
  sequence: number;
}

/** Where the chain stood: what the next entry must follow. */
export type ChainEnd = Pick<TrailEvent, 'sequence' | 'hash'>;

export const CHAIN_START: ChainEnd = { sequence: 0, hash: '' };

/** What is wrong with an entry that stands after `previous` and before `next`; null when it is as it was written. */
export function faultOf(
  entry: TrailEvent,
  neighbours: { previous: ChainEnd; next: TrailEvent | null },
  mac: Mac,
): TrailFault | null {
  const { previous, next } = neighbours;
  const expected = previous.sequence + 1;
  const { sequence } = entry;
  if (mac(signedText(entry)) !== entry.hash) {
    if (Number.isInteger(sequence) && sequence > expected) return { kind: 'missing', sequence: expected };
    if (next?.previousHash === previous.hash) return { kind: 'inserted', sequence };
    return { kind: next?.previousHash === entry.hash ? 'changed' : 'forged', sequence };
  }
  if (sequence > expected) return { kind: 'missing', sequence: expected };
  if (sequence < expected || entry.previousHash !== previous.hash) return { kind: 'unchained', sequence };
  return null;
}
