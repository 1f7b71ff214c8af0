import { trusted } from 'mongoose';
import type { Delivery } from '../domain/delivery.ts';
import { Assessments } from './assessment.ts';

/** Which of these texts somebody has assessed since this moment. */
export async function assessedSince(
  since: Date,
  deliveries: readonly Pick<Delivery, 'message' | 'contentHash'>[],
): Promise<(delivery: Pick<Delivery, 'message' | 'contentHash'>) => boolean> {
  const messages = [...new Set(deliveries.map(({ message }) => message))];
  const made = await Assessments.find({
    message: trusted({ $in: messages }),
    createdAt: trusted({ $gte: since }),
  })
    .select('message contentHash')
    .lean();
  const known = new Set(made.map(({ message, contentHash }) => `${message} ${contentHash}`));
  return ({ message, contentHash }) => known.has(`${message} ${contentHash}`);
}
