import type { Delivery, DeliveryState } from '../../domain/delivery.ts';
import type { Speak } from '../speak.ts';

const KINDS: Readonly<Record<DeliveryState, 'good' | 'look' | 'bad' | 'wait' | 'quiet'>> = {
  held: 'look',
  scheduled: 'wait',
  claimed: 'wait',
  sending: 'wait',
  'retry-wait': 'wait',
  'auth-needed': 'look',
  unknown: 'look',
  reconciling: 'look',
  'needs-person': 'look',
  missed: 'look',
  published: 'good',
  failed: 'bad',
  cancelled: 'quiet',
  withdrawn: 'quiet',
};

/** The shape and the word of a delivery's state. */
export function deliveryState(state: DeliveryState, speak: Speak) {
  return { kind: KINDS[state], text: speak.label('delivery-state', state) };
}

/** Where people can see it on its network; null once it has been deleted there. */
export function addressOnNetwork({ state, remoteUrl }: Pick<Delivery, 'state' | 'remoteUrl'>): string | null {
  return state === 'withdrawn' ? null : remoteUrl;
}
