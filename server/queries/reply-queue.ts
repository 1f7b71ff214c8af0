import { trusted } from 'mongoose';
import type { Brief } from '../domain/campaign.ts';
import type { Network } from '../domain/network.ts';
import type { Reply } from '../domain/reply.ts';
import { SMALLEST_CELL } from '../domain/suppression.ts';
import { NotFound } from '../errors.ts';
import { Campaigns } from '../models/campaign.ts';
import { Deliveries } from '../models/delivery.ts';
import { Replies } from '../models/reply.ts';
import { TrailEvents } from '../models/trail.ts';

/** A reply with what it answers; nothing here says who wrote it. */
export interface ReplyInContext {
  readonly reply: Pick<Reply, '_id' | 'campaign' | 'text' | 'language' | 'receivedAt' | 'code' | 'coder'>;
  readonly campaignTitle: string;
  /** Our own post. */
  readonly post: { readonly text: string; readonly language: string; readonly network: Network } | null;
}

export interface ReplyQueue {
  /** null: all campaigns. */
  readonly campaign: { readonly _id: string; readonly title: string } | null;
  /** Replies that nobody has coded and whose text is still there. */
  readonly waiting: number;
  /** Whether anything was ever collected here. */
  readonly isEmpty: boolean;
  /** null: suppressed as the report does (domain rule 6). */
  readonly coded: number | null;
  /** The one that waits longest. */
  readonly next: ReplyInContext | null;
}

const SHOWN = '_id campaign delivery text language receivedAt code coder';

/** The replies that wait for a code, of one campaign or of all. Throws NotFound for an unknown campaign. */
export async function replyQueue(campaignId: string | null): Promise<ReplyQueue> {
  const campaign = campaignId ? await Campaigns.findById(campaignId).select('title').lean() : null;
  if (campaignId && !campaign) throw new NotFound('There is no such campaign.');
  const within = campaignId ? { campaign: campaignId } : {};
  const open = { ...within, code: null, text: trusted({ $ne: null }) };
  const [waiting, coded, next] = await Promise.all([
    Replies.countDocuments(open),
    Replies.countDocuments({ ...within, code: trusted({ $ne: null }) }),
    Replies.findOne(open).sort({ receivedAt: 1, _id: 1 }).select(SHOWN).lean(),
  ]);
  return {
    campaign: campaign && { _id: campaign._id, title: campaign.title },
    waiting,
    isEmpty: waiting + coded === 0,
    coded: coded >= SMALLEST_CELL ? coded : null,
    next: next && (await inContext(next)),
  };
}

/** One reply with what its campaign planned for the dialogue. */
export interface ReplyWithPlan extends ReplyInContext {
  readonly isSupportOffered: boolean;
  readonly plan: Pick<Brief, 'service' | 'serviceIsStaffed' | 'dialoguePlan'> | null;
}

/** One reply, coded or not. Throws NotFound. */
export async function findReply(id: string): Promise<ReplyWithPlan> {
  const reply = await Replies.findById(id).select(SHOWN).lean();
  if (!reply) throw new NotFound('There is no such reply.');
  const [context, campaign, offered] = await Promise.all([
    inContext(reply),
    Campaigns.findById(reply.campaign).select('brief').lean(),
    TrailEvents.exists({ verb: 'support offered', subject: 'reply', subjectId: id }),
  ]);
  return { ...context, isSupportOffered: offered !== null, plan: campaign?.brief ?? null };
}

async function inContext({ delivery: deliveryId, ...reply }: Reply): Promise<ReplyInContext> {
  const [campaign, delivery] = await Promise.all([
    Campaigns.findById(reply.campaign).select('title').lean(),
    Deliveries.findById(deliveryId).select('text language network').lean(),
  ]);
  return {
    reply,
    campaignTitle: campaign?.title ?? '',
    post: delivery && { text: delivery.text, language: delivery.language, network: delivery.network },
  };
}
