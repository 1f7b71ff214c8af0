import { join } from 'node:path';
import { Audience } from '../audience/audience.ts';
import type { AudiencePost } from '../audience/reactions.ts';
import { Tempo } from '../audience/tempo.ts';
import { type NetworkClock, openClock } from '../clock.ts';
import { Faults } from '../faults.ts';
import { FileFolder } from '../file-folder.ts';
import { type Journal, openJournal } from '../journal.ts';
import { isOfLedger, Ledger, type LedgerPost } from '../ledger.ts';
import { toAudience as toAudienceOf } from '../posts.ts';
import { newSecret } from '../secret.ts';
import type { BlueskyEvent } from './events.ts';
import { BlueskyLimits } from './limits.ts';
import { Registry } from './registry.ts';
import { Repository } from './repository.ts';
import { tid } from './tid.ts';

export interface BlueskyWorldOptions {
  dataDir: string;
  seed: string;
  speed: number | undefined;
  now: () => number;
}

/** All that the stand-in for Bluesky consists of: a server for accounts and records, and the view of an application. */
export interface BlueskyWorld {
  readonly seed: string;
  readonly clock: NetworkClock;
  readonly journal: Journal<BlueskyEvent>;
  readonly registry: Registry;
  readonly repository: Repository;
  readonly files: FileFolder;
  readonly ledger: Ledger;
  readonly tempo: Tempo;
  readonly audience: Audience;
  readonly faults: Faults;
  readonly limits: BlueskyLimits;
}

/** Opens the network as its journal left it. */
export function openBlueskyWorld(options: BlueskyWorldOptions): BlueskyWorld {
  const clock = openClock(options.now);
  const registry = new Registry();
  const repository = new Repository();
  const ledger = new Ledger();
  const tempo = new Tempo();
  const journal = openJournal<BlueskyEvent>(join(options.dataDir, 'journal.jsonl'), (event) => {
    registry.apply(event);
    repository.apply(event);
    if (event.type === 'tempo-changed') tempo.change(event);
    else if (isOfLedger(event)) ledger.apply(event);
  });
  if (!registry.secret) {
    journal.record({ type: 'network-created', secret: newSecret() });
  }
  if (options.speed !== undefined && options.speed !== tempo.speed) {
    journal.record({ type: 'tempo-changed', at: clock.now(), speed: options.speed });
  }
  const posts = (conversationId?: string) =>
    (conversationId ? ledger.visibleIn(conversationId) : ledger.visiblePosts())
      .map((post) => toAudience(ledger, post))
      .sort((one, other) => one.createdAt - other.createdAt);
  return {
    seed: options.seed,
    clock,
    journal,
    registry,
    repository,
    files: new FileFolder(join(options.dataDir, 'blobs')),
    ledger,
    tempo,
    audience: new Audience({
      seed: options.seed,
      tempo,
      now: clock.now,
      makeId: tid,
      posts,
      isVisible: (id) => ledger.findVisible(id) !== undefined,
    }),
    faults: new Faults(options.seed),
    limits: new BlueskyLimits(),
  };
}

/** The audience knows its own posts by their keys, those of accounts by address. */
export function toAudience(ledger: Ledger, post: LedgerPost): AudiencePost {
  const { replyTo } = post;
  const isToAudience = replyTo !== null && !ledger.find(replyTo);
  return { ...toAudienceOf(post), replyTo: isToAudience ? (replyTo.split('/').at(-1) ?? null) : replyTo };
}
