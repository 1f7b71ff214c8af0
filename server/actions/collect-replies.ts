import { createHmac, randomBytes } from 'node:crypto';
import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Credential } from '../domain/credential.ts';
import type { Delivery } from '../domain/delivery.ts';
import { textExpiresAt } from '../domain/reply.ts';
import { withoutIdentity } from '../domain/reply-text.ts';
import { Campaigns } from '../models/campaign.ts';
import { newId } from '../models/document.ts';
import { Replies } from '../models/reply.ts';
import { ThreadKeys } from '../models/thread-key.ts';

type Platform = NonNullable<Context['platforms'][Delivery['network']]>;
type Published = Pick<Delivery, '_id' | 'campaign' | 'network' | 'isDemo'> & { remoteId: string };

export interface CollectRepliesInput {
  platform: Platform;
  credential: Credential;
  deliveries: readonly Published[];
}

/** A network's search may be late; what was seen already is recognised by its key. */
const OVERLAP_MS = 60 * 60_000;

/**
 * Stores what people answered under these deliveries, without anything that says who (domain rule 6): keyed hashes
 * instead of ids, and texts with handles and addresses taken out. Closed campaigns get no more replies.
 */
export async function collectReplies(
  context: Context,
  { platform, credential, deliveries }: CollectRepliesInput,
): Promise<void> {
  if (!platform.capabilities.replies) return;
  for (const delivery of deliveries) {
    const key = await threadKeyOf(delivery.campaign);
    if (!key) continue;
    const outcome = await platform.replies(credential, delivery.remoteId, await seenUntil(delivery._id));
    if (outcome.kind === 'limited') return;
    if (outcome.kind === 'failed') {
      context.log.warn({ delivery: delivery._id, detail: outcome.detail }, 'replies could not be read');
      continue;
    }
    const hash = (...parts: string[]) =>
      createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');
    const writes = outcome.replies.map((reply) => {
      const replyKey = hash('reply', delivery.network, reply.remoteId);
      const facts = {
        _id: newId(),
        campaign: delivery.campaign,
        delivery: delivery._id,
        threadKey: hash('thread', delivery.network, delivery.remoteId, reply.authorRemoteId),
        text: withoutIdentity(reply.text),
        language: reply.language,
        receivedAt: reply.createdAt,
        textExpiresAt: textExpiresAt(reply.createdAt),
        isDemo: delivery.isDemo,
      };
      return { updateOne: { filter: { replyKey }, update: { $setOnInsert: facts }, upsert: true } };
    });
    if (writes.length > 0) await Replies.bulkWrite(writes, { ordered: false });
  }
}

/** The campaign's own key, made when the first reply needs it; null once the campaign is closed. */
async function threadKeyOf(campaign: string): Promise<string | null> {
  if (!(await Campaigns.exists({ _id: campaign, state: trusted({ $in: ['planned', 'running'] }) })))
    return null;
  const kept = await ThreadKeys.findOneAndUpdate(
    { campaign },
    { $setOnInsert: { _id: newId(), key: randomBytes(32).toString('hex') } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return kept.key;
}

async function seenUntil(delivery: string): Promise<Date | null> {
  const last = await Replies.findOne({ delivery }).sort({ receivedAt: -1 }).select('receivedAt').lean();
  return last && new Date(last.receivedAt.getTime() - OVERLAP_MS);
}
