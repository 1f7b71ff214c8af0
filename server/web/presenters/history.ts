import type { Attempt } from '../../domain/delivery.ts';
import type { DeliveryHistory, HistoryEntry } from '../../queries/delivery-history.ts';
import type { Speak } from '../speak.ts';

/** What happened to a delivery, one sentence each, oldest first. */
export function historyLines(
  { entries, delivery }: DeliveryHistory,
  names: ReadonlyMap<string, string>,
  speak: Speak,
) {
  const withdrawals = entries.flatMap((entry) =>
    entry.kind === 'attempt' && entry.attempt.kind === 'withdrawal' ? [entry.attempt] : [],
  );
  return entries.flatMap((entry) => {
    const said = sentence(entry, { names, withdrawals }, speak);
    const at = speak.dateTime(entry.at, delivery.accountTimeZone);
    return said ? [{ at, machineTime: entry.at.toISOString(), ...said }] : [];
  });
}

interface Around {
  names: ReadonlyMap<string, string>;
  /** Oldest first: they are counted apart from what was sent. */
  withdrawals: readonly Attempt[];
}

function sentence(entry: HistoryEntry, { names, withdrawals }: Around, speak: Speak) {
  if (entry.kind === 'attempt') {
    const { kind, outcome, detail } = entry.attempt;
    const number = kind === 'withdrawal' ? withdrawals.indexOf(entry.attempt) + 1 : entry.attempt.number;
    const end = outcome && speak.knows(`deliveries.outcome-${outcome}`) ? outcome : 'open';
    return {
      text: speak.t(`deliveries.tried-${kind}`, { number, outcome: speak.t(`deliveries.outcome-${end}`) }),
      detail,
    };
  }
  if (entry.kind === 'read-back') {
    const { result, detail } = entry.readBack;
    return { text: speak.t(`deliveries.look-${result}`), detail };
  }
  const { verb, actor, details } = entry.event;
  const key = `deliveries.trail-${verb.replace(':', '').replaceAll(' ', '-')}`;
  if (!speak.knows(key)) return null;
  const name = (actor && names.get(actor)) || speak.t('app.nobody');
  return { text: speak.t(key, { name }), detail: typeof details.reason === 'string' ? details.reason : '' };
}

/** Ids of everybody who did something in these histories. */
export function actorsOf(histories: readonly DeliveryHistory[]): string[] {
  return histories.flatMap(({ entries }) =>
    entries.flatMap((entry) => (entry.kind === 'event' && entry.event.actor ? [entry.event.actor] : [])),
  );
}
