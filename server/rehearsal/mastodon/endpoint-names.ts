/** The endpoints of the stand-in, by the names that faults, limits and the ledger use. */
export const ENDPOINTS = [
  'createStatus',
  'deleteStatus',
  'status',
  'statuses',
  'context',
  'verifyCredentials',
  'accountStatuses',
  'uploadMedia',
  'media',
  'describeMedia',
  'instance',
  'registerApp',
  'token',
  'revoke',
] as const;
export type EndpointName = (typeof ENDPOINTS)[number];
