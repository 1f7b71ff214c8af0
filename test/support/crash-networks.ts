import type { Credential } from '../../server/domain/credential.ts';
import type { Network } from '../../server/domain/network.ts';
import type { Rehearsal } from '../../server/rehearsal/start.ts';

export interface CrashNetwork {
  /** Lifts what would stop the run, or hide that a post was doubled. */
  lift(): void;
  openAccount(username: string): Promise<{ remoteId: string; credential: Credential }>;
}

/** The stand-ins as a run of crashes needs them. */
export function crashNetwork(rehearsal: Rehearsal, network: Network): CrashNetwork {
  const { x, mastodon, bluesky } = rehearsal;
  const name = 'Crash';
  const networks: Record<Network, CrashNetwork> = {
    x: {
      lift: () =>
        x.setLimits({
          endpoints: { createTweet: { perUser: null, perUserDay: null, perAppDay: null } },
          duplicateWindowMinutes: 0,
        }),
      async openAccount(username) {
        const { userId, oauth1 } = await x.registerAccount({ username, name });
        return { remoteId: userId, credential: oauth1 };
      },
    },
    mastodon: {
      lift: () => mastodon.setLimits({ all: null }),
      async openAccount(username) {
        const { userId, credential } = await mastodon.registerAccount({ username, name });
        return { remoteId: userId, credential };
      },
    },
    bluesky: {
      lift: () => bluesky.setLimits({ pointsPerHour: null, pointsPerDay: null }),
      async openAccount(username) {
        const { did, session } = await bluesky.registerAccount({ username, name });
        return { remoteId: did, credential: session };
      },
    },
  };
  return networks[network];
}
