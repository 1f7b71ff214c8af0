/** The methods of the stand-in, by the last part of their names: what faults, limits and the ledger use. */
export const ENDPOINTS = [
  'createSession',
  'refreshSession',
  'getSession',
  'deleteSession',
  'describeServer',
  'resolveHandle',
  'uploadBlob',
  'putRecord',
  'createRecord',
  'getRecord',
  'listRecords',
  'deleteRecord',
  'getPosts',
  'getPostThread',
  'getProfile',
  'getAuthorFeed',
] as const;
export type EndpointName = (typeof ENDPOINTS)[number];
