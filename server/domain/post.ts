import type { Network } from './network.ts';

/** A variant placed on the calendar. The text is frozen; its deliveries carry it to the accounts. */
export interface Post {
  _id: string;
  campaign: string;
  message: string;
  variant: string;
  network: Network;
  language: string;
  text: string;
  /** The content hash of the approval under which it was placed. */
  contentHash: string;
  accounts: string[];
  /** Wall time as entered, `YYYY-MM-DDTHH:mm`. */
  wallTime: string;
  /** IANA zone of the wall time. */
  timeZone: string;
  /** The instant that wall time and zone name. */
  dueAt: Date;
  createdBy: string;
  isDemo: boolean;
  createdAt: Date;
  updatedAt: Date;
}
