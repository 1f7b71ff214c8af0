import type { Network } from './network.ts';

export const MESSENGER_KINDS = [
  'former',
  'survivor',
  'family',
  'peer',
  'community-leader',
  'practitioner',
  'creator',
  'organisation',
] as const;
export type MessengerKind = (typeof MESSENGER_KINDS)[number];

/** What a messenger agreed to. */
export interface ConsentRecord {
  scope: string;
  networks: Network[];
  givenOn: Date | null;
  expiresOn: Date | null;
  withdrawnAt: Date | null;
}

/** Who speaks. The name is the one shown in public, which may be a pseudonym. */
export interface Messenger {
  _id: string;
  name: string;
  kind: MessengerKind;
  credibility: string;
  safety: string;
  consent: ConsentRecord;
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}
