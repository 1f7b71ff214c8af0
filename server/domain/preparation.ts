import { type Attempt, type Delivery, stepOf } from './delivery.ts';

/** Outcomes after which certainly nothing of a request is on the network. */
const CERTAIN: readonly (string | null)[] = ['not-sent', 'limited', 'refused', 'unauthorised'];

/**
 * Whether the part of a delivery that is next has to be prepared before it is sent: nothing is on record yet, or what
 * is on record is over (networks forget uploaded images after a while) and no request with it can be on the network.
 * Where one might be, what was sent stays what is looked for and sent.
 */
export function needsPreparing(
  delivery: Pick<Delivery, 'prepared' | 'preparedUntil' | 'attempts' | 'sent'>,
  now: Date,
): boolean {
  const { prepared, preparedUntil, attempts } = delivery;
  if (!prepared) return true;
  if (!preparedUntil || now < preparedUntil) return false;
  const isOfThisPart = ({ kind, step = 0 }: Attempt) => kind === 'publication' && step === stepOf(delivery);
  return attempts.filter(isOfThisPart).every(({ outcome }) => CERTAIN.includes(outcome));
}
