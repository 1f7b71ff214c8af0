import type { Delivery } from '../../server/domain/delivery.ts';
import type { Measurement } from '../../server/domain/measurement.ts';
import type { Reply } from '../../server/domain/reply.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { Measurements } from '../../server/models/measurement.ts';
import { Replies } from '../../server/models/reply.ts';

/** A delivery that went out on X; its post is its own unless one is given. */
export async function aPublishedDelivery(fields: Partial<Delivery> = {}): Promise<Delivery> {
  const publishedAt = fields.publishedAt ?? new Date('2014-10-01T08:00:00Z');
  const made = await Deliveries.create({
    post: newId(),
    campaign: newId(),
    message: newId(),
    variant: newId(),
    account: newId(),
    network: 'x',
    language: 'en',
    text: 'Three mothers, one question.',
    contentHash: 'hash',
    lane: 0,
    state: 'published',
    dueAt: publishedAt,
    publishedAt,
    remoteId: newId(),
    ...fields,
  });
  return made.toObject();
}

/** What X gave about a delivery; figures that are not named were not measured. */
export async function aMeasurement(of: Delivery, fields: Partial<Measurement> = {}): Promise<Measurement> {
  const takenAt = fields.takenAt ?? new Date('2014-10-02T08:00:00Z');
  const { _id, post, campaign, message, variant, account, network, publishedAt } = of;
  const made = await Measurements.create({
    delivery: _id,
    post,
    campaign,
    message,
    variant,
    account,
    network,
    takenAt,
    ageMinutes: Math.round((takenAt.getTime() - (publishedAt ?? takenAt).getTime()) / 60_000),
    ...fields,
  });
  return made.toObject();
}

/** An uncoded reply of somebody in a thread of their own. */
export async function aReply(fields: Partial<Reply> = {}): Promise<Reply> {
  const made = await Replies.create({
    campaign: newId(),
    delivery: newId(),
    replyKey: newId(),
    threadKey: newId(),
    text: 'My brother talks like this. What can I do?',
    language: 'en',
    receivedAt: new Date('2014-10-02T09:00:00Z'),
    textExpiresAt: new Date('2015-01-01T00:00:00Z'),
    ...fields,
  });
  return made.toObject();
}
