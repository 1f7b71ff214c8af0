import type { Platform } from '../../server/platforms/platform.ts';

/** An adapter for X that accepts everything and finds nothing; a test brings what it is about. */
export function acceptingPlatform(overrides: Partial<Platform> = {}): Platform {
  let posts = 0;
  return {
    network: 'x',
    capabilities: {
      textLimit: 280,
      idempotency: 'read-back',
      measures: ['likes'],
      replies: true,
      threads: true,
      images: { most: 4, bytes: 1e6, altText: 1000 },
    },
    countText: (text) => ({ length: text.length, limit: 280, isWithin: text.length <= 280 }),
    whoAmI: async () => ({ kind: 'known', remoteId: '77', handle: 'comehome', displayName: 'Come Home' }),
    publish: async () => {
      posts += 1;
      return { kind: 'accepted', remoteId: String(posts), remoteUrl: `https://x.example/${posts}` };
    },
    readBack: async () => ({ kind: 'absent' }),
    withdraw: async (_credential, remoteId) => ({ kind: 'accepted', remoteId, remoteUrl: '' }),
    measure: async () => ({ kind: 'measured', byRemoteId: new Map() }),
    replies: async () => ({ kind: 'read', replies: [] }),
    ...overrides,
  };
}
