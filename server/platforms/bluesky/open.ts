import type { Platform } from '../platform.ts';
import type { BlueskyOptions, BlueskySettings } from './client.ts';
import { countText, TEXT_LIMIT } from './count-text.ts';
import { whoAmI } from './identity.ts';
import { MEASURES, measure } from './measures.ts';
import { prepare } from './prepare.ts';
import { publish } from './publish.ts';
import { readBack } from './read-back.ts';
import { replies } from './replies.ts';
import { openPasswordFlow, openRenewal } from './sessions.ts';
import { withdraw } from './withdraw.ts';

const TIMEOUT_MS = 20_000;

/** Opens the adapter for Bluesky and the servers of its network, with the lexicons of @atproto/api. */
export function openBluesky(options: BlueskyOptions): Platform {
  const settings: BlueskySettings = {
    timeoutMs: TIMEOUT_MS,
    pagesAt: 'https://bsky.app',
    now: () => new Date(),
    ...options,
  };
  return {
    network: 'bluesky',
    capabilities: {
      textLimit: TEXT_LIMIT,
      idempotency: 'record-key',
      measures: MEASURES,
      replies: true,
      threads: true,
      images: { most: 4, bytes: 2_000_000, altText: 2000 },
    },
    renewal: openRenewal(settings),
    passwordFlow: openPasswordFlow(settings),
    countText,
    whoAmI: (credential) => whoAmI(settings, credential),
    prepare: (credential, request) => prepare(settings, credential, request),
    publish: (credential, request) => publish(settings, credential, request),
    readBack: (credential, request) => readBack(settings, credential, request),
    withdraw: (credential, remoteId) => withdraw(settings, credential, remoteId),
    measure: (credential, remoteIds) => measure(settings, credential, remoteIds),
    replies: (credential, remoteId, since) => replies(settings, credential, remoteId, since),
  };
}
