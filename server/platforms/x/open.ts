import { Agent } from 'node:https';
import type { Platform } from '../platform.ts';
import type { XOptions, XSettings } from './client.ts';
import { countText, TEXT_LIMIT } from './count-text.ts';
import { whoAmI } from './identity.ts';
import { MEASURES, measure } from './measures.ts';
import { prepare } from './prepare.ts';
import { publish } from './publish.ts';
import { readBack } from './read-back.ts';
import { replies } from './replies.ts';
import { openConnectFlow, openRenewal } from './tokens.ts';
import { withdraw } from './withdraw.ts';

const TIMEOUT_MS = 20_000;

/** Pay-per-use prices of the X API (docs.x.com, X API pricing), approximate: a forecast, the bill is X's. */
const PRICES = { postUsd: 0.015, postWithLinkUsd: 0.2 };

/** Opens the adapter for X, which reaches the network through twitter-api-v2. */
export function openX(options: XOptions): Platform {
  const settings: XSettings = {
    // A kept connection that X closes while we write would leave an unknown outcome behind: each request opens its own.
    agent: new Agent({ keepAlive: false }),
    timeoutMs: TIMEOUT_MS,
    pagesAt: 'https://x.com',
    now: () => new Date(),
    ...options,
  };
  return {
    network: 'x',
    capabilities: {
      textLimit: TEXT_LIMIT,
      idempotency: 'read-back',
      measures: MEASURES,
      replies: true,
      threads: true,
      images: { most: 4, bytes: 5_000_000, altText: 1000 },
      prices: PRICES,
    },
    renewal: openRenewal(settings),
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
