import type { Platform } from '../platform.ts';
import { openConnectFlow } from './connect-flow.ts';
import { countText, TEXT_LIMIT } from './count-text.ts';
import { whoAmI } from './identity.ts';
import { MEASURES, measure } from './measures.ts';
import { prepare } from './media.ts';
import { publish } from './publish.ts';
import { readBack } from './read-back.ts';
import { replies } from './replies.ts';
import type { MastodonOptions, MastodonSettings } from './request.ts';
import { withdraw } from './withdraw.ts';

const TIMEOUT_MS = 20_000;

/** Opens the adapter for Mastodon and the servers of other makes that speak its API. Limits are Mastodon's usual ones. */
export function openMastodon(options: MastodonOptions): Platform {
  const settings: MastodonSettings = {
    timeoutMs: TIMEOUT_MS,
    pollMs: 500,
    now: () => new Date(),
    ...options,
  };
  return {
    network: 'mastodon',
    capabilities: {
      textLimit: TEXT_LIMIT,
      idempotency: 'idempotency-key',
      measures: MEASURES,
      replies: true,
      threads: true,
      images: { most: 4, bytes: 16_000_000, altText: 1500 },
    },
    connectFlow: openConnectFlow(settings),
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
