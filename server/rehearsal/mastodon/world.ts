import { join } from 'node:path';
import { Audience } from '../audience/audience.ts';
import { Tempo } from '../audience/tempo.ts';
import { AuthorizationCodes } from '../authorization-codes.ts';
import { type NetworkClock, openClock } from '../clock.ts';
import { Faults } from '../faults.ts';
import { type Journal, openJournal } from '../journal.ts';
import { isOfLedger, Ledger } from '../ledger.ts';
import { isOfMedia, MediaStore } from '../media-store.ts';
import { toAudience } from '../posts.ts';
import { compareIds, createIdMaker, type IdMaker, snowflake } from '../snowflake.ts';
import type { WorldOptions } from '../stage.ts';
import type { MastodonEvent } from './events.ts';
import { MastodonLimits } from './limits.ts';
import { Make } from './make.ts';
import { Registry } from './registry.ts';

/** All that the stand-in for Mastodon consists of; handed to every endpoint and page. */
export interface MastodonWorld {
  readonly seed: string;
  readonly appUrl: string | undefined;
  readonly clock: NetworkClock;
  readonly journal: Journal<MastodonEvent>;
  readonly registry: Registry;
  readonly codes: AuthorizationCodes;
  readonly ledger: Ledger;
  readonly media: MediaStore;
  readonly ids: IdMaker;
  readonly tempo: Tempo;
  readonly audience: Audience;
  readonly faults: Faults;
  readonly limits: MastodonLimits;
  readonly make: Make;
}

/** Opens the network as its journal left it. */
export function openMastodonWorld(options: WorldOptions): MastodonWorld {
  const { seed, appUrl } = options;
  const clock = openClock(options.now);
  const registry = new Registry();
  const ledger = new Ledger();
  const media = new MediaStore(join(options.dataDir, 'media'));
  const tempo = new Tempo();
  const journal = openJournal<MastodonEvent>(join(options.dataDir, 'journal.jsonl'), (event) => {
    registry.apply(event);
    if (event.type === 'tempo-changed') tempo.change(event);
    else if (isOfLedger(event)) ledger.apply(event);
    else if (isOfMedia(event)) media.apply(event);
  });
  if (options.speed !== undefined && options.speed !== tempo.speed) {
    journal.record({ type: 'tempo-changed', at: clock.now(), speed: options.speed });
  }
  const audience = new Audience({
    seed,
    tempo,
    now: clock.now,
    makeId: snowflake,
    posts: (conversationId) =>
      (conversationId ? ledger.visibleIn(conversationId) : ledger.visiblePosts())
        .map(toAudience)
        .sort((one, other) => compareIds(one.id, other.id)),
    isVisible: (id) => ledger.findVisible(id) !== undefined,
  });
  const ids = createIdMaker((id) => ledger.find(id) !== undefined || media.find(id) !== undefined);
  return {
    ...{ seed, appUrl, clock, journal, registry, ledger, media, tempo, audience, ids },
    codes: new AuthorizationCodes(),
    faults: new Faults(seed),
    limits: new MastodonLimits(),
    make: new Make(),
  };
}
