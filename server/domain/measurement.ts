import type { Network } from './network.ts';

/** Public figures of a published delivery at one moment. null: the network does not give it ("not measured"). */
export interface Measurement {
  _id: string;
  delivery: string;
  post: string;
  campaign: string;
  message: string;
  variant: string;
  account: string;
  network: Network;
  takenAt: Date;
  /** Since publication. */
  ageMinutes: number;
  impressions: number | null;
  likes: number | null;
  reposts: number | null;
  replies: number | null;
  quotes: number | null;
  bookmarks: number | null;
  linkClicks: number | null;
  profileClicks: number | null;
  isDemo: boolean;
}
