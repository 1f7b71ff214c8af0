/** The endpoints of the stand-in, by the names that faults, limits and the ledger use. */
export const ENDPOINTS = [
  'createTweet',
  'deleteTweet',
  'me',
  'lookUpTweets',
  'lookUpTweet',
  'userTweets',
  'mentions',
  'searchRecent',
  'initializeMedia',
  'appendMedia',
  'finalizeMedia',
  'uploadMedia',
  'mediaStatus',
  'describeMedia',
  'token',
  'revoke',
] as const;
export type EndpointName = (typeof ENDPOINTS)[number];
