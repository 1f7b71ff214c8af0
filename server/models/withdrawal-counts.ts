import type { WithdrawalCounts } from '../domain/campaign-withdrawal.ts';
import { CANCELLABLE_STATES, type DeliveryState, isFinal } from '../domain/delivery.ts';
import { Deliveries } from './delivery.ts';

/** What a campaign has outside, counted. */
export async function withdrawalCounts(campaign: string): Promise<WithdrawalCounts> {
  const groups = await Deliveries.aggregate<{
    _id: { state: DeliveryState; isProblem: boolean };
    count: number;
  }>([
    { $match: { campaign } },
    { $group: { _id: { state: '$state', isProblem: { $ne: ['$problem', ''] } }, count: { $sum: 1 } } },
  ]);
  const sum = (fits: (state: DeliveryState, isProblem: boolean) => boolean) =>
    groups.reduce((all, { _id, count }) => (fits(_id.state, _id.isProblem) ? all + count : all), 0);
  const isWaiting = (state: DeliveryState) =>
    (CANCELLABLE_STATES as readonly DeliveryState[]).includes(state);
  return {
    live: sum((state) => state === 'published'),
    waiting: sum(isWaiting),
    unclear: sum((state) => !isFinal(state) && !isWaiting(state)),
    withdrawn: sum((state) => state === 'withdrawn'),
    refused: sum((state, isProblem) => state === 'published' && isProblem),
  };
}
