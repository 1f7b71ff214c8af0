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
import type { XEvent } from './events.ts';
import { XLimits } from './limits.ts';
import { OAuth1Verifier } from './oauth1.ts';
import { newApp, Registry } from './registry.ts';

/** All that the stand-in for X consists of; handed to every endpoint and page. */
export interface XWorld {
  readonly seed: string;
  readonly appUrl: string | undefined;
  readonly clock: NetworkClock;
  readonly journal: Journal<XEvent>;
  readonly registry: Registry;
  readonly signatures: OAuth1Verifier;
  readonly codes: AuthorizationCodes;
  readonly ledger: Ledger;
  readonly media: MediaStore;
  readonly ids: IdMaker;
  readonly tempo: Tempo;
  readonly audience: Audience;
  readonly faults: Faults;
  readonly limits: XLimits;
}

/** Opens the network as its journal left it. */
export function openXWorld(options: WorldOptions): XWorld {
  const clock = openClock(options.now);
  const registry = new Registry();
  const ledger = new Ledger();
  const media = new MediaStore(join(options.dataDir, 'media'));
  const tempo = new Tempo();
  const journal = openJournal<XEvent>(join(options.dataDir, 'journal.jsonl'), (event) => {
    registry.apply(event);
    if (event.type === 'tempo-changed') tempo.change(event);
    else if (isOfLedger(event)) ledger.apply(event);
    else if (isOfMedia(event)) media.apply(event);
  });
  if (!registry.app) journal.record({ type: 'app-created', app: newApp() });
  if (options.speed !== undefined && options.speed !== tempo.speed) {
    journal.record({ type: 'tempo-changed', at: clock.now(), speed: options.speed });
  }
  const posts = (conversationId?: string) =>
    (conversationId ? ledger.visibleIn(conversationId) : ledger.visiblePosts())
      .map(toAudience)
      .sort((one, other) => compareIds(one.id, other.id));
  return {
    seed: options.seed,
    appUrl: options.appUrl,
    clock,
    journal,
    registry,
    signatures: new OAuth1Verifier(registry),
    codes: new AuthorizationCodes(),
    ledger,
    media,
    tempo,
    audience: new Audience({
      seed: options.seed,
      tempo,
      now: clock.now,
      makeId: snowflake,
      posts,
      isVisible: (id) => ledger.findVisible(id) !== undefined,
    }),
    ids: createIdMaker((id) => ledger.find(id) !== undefined || media.find(id) !== undefined),
    faults: new Faults(options.seed),
    limits: new XLimits(),
  };
}
