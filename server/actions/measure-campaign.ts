import type { Context } from '../context.ts';
import { Upstream } from '../errors.ts';
import { type Actor, allow } from './allow.ts';
import { measurableDeliveries, measure } from './measure-deliveries.ts';

/**
 * Takes the figures and replies of one campaign now instead of at their next turn; a second time within the same
 * minute adds nothing. Returns how many published deliveries were asked for.
 * Throws Upstream when a network does not give them.
 */
export async function measureCampaign(
  context: Context,
  member: Actor,
  { campaign }: { campaign: string },
): Promise<{ asked: number }> {
  allow(member, 'figures.read');
  const deliveries = await measurableDeliveries(context.clock.now(), { campaign });
  const unread = await measure(context, deliveries);
  if (unread.length > 0) {
    throw new Upstream(unread.map(({ handle, detail }) => `@${handle}: ${detail}`).join(' · '));
  }
  return { asked: deliveries.length };
}
