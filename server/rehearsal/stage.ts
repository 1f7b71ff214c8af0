import type { Tempo, TempoChange } from './audience/tempo.ts';
import type { NetworkClock } from './clock.ts';
import type { FaultInput, Faults } from './faults.ts';
import type { Doubled, Ledger, LedgerPost, LedgerRequest } from './ledger.ts';

/** The lines that every network's journal may hold. */
export type StageEvent =
  | { type: 'request-answered'; request: LedgerRequest }
  | ({ type: 'tempo-changed' } & TempoChange);

/** What every network is opened with. */
export interface WorldOptions {
  dataDir: string;
  seed: string;
  speed: number | undefined;
  now: () => number;
  /** Where the software under rehearsal lives; it may be the target of a redirect after authorization. */
  appUrl: string | undefined;
}

/** What every network consists of, whatever it speaks. */
export interface StageWorld {
  readonly clock: NetworkClock;
  readonly journal: { record(event: StageEvent): void; settled(): Promise<void> };
  readonly ledger: Ledger;
  readonly tempo: Tempo;
  readonly faults: Faults;
}

/** What is really on the network. */
interface LedgerExtract {
  posts: LedgerPost[];
  requests: LedgerRequest[];
  doubled: Doubled[];
}

/** What may be done behind the stage of every network alike. */
export interface Stage<LimitsInput> {
  /** Of one account, if asked. */
  ledger(username?: string): LedgerExtract;
  setFaults(faults: readonly FaultInput[]): void;
  clearFaults(): void;
  setLimits(limits: LimitsInput): void;
  /** How fast the audience lives: 1 as people do, 600 for ten minutes a second. */
  setSpeed(speed: number): Promise<void>;
  /** Moves the network's time; null returns to the machine's. */
  setClock(at: Date | null): void;
}

export function createStage<LimitsInput>(
  world: StageWorld & { readonly limits: { set(input: LimitsInput): void } },
): Stage<LimitsInput> {
  return {
    ledger: (username) => extract(world.ledger, username),
    setFaults: (faults) => world.faults.set(faults),
    clearFaults: () => world.faults.clear(),
    setLimits: (limits) => world.limits.set(limits),
    setClock: (at) => world.clock.setTo(at ? at.getTime() : null),
    async setSpeed(speed) {
      if (!(speed >= 0 && speed <= 100_000)) throw new RangeError('The speed must be between 0 and 100000.');
      world.journal.record({ type: 'tempo-changed', at: world.clock.now(), speed });
      await world.journal.settled();
    },
  };
}

function extract(ledger: Ledger, username?: string): LedgerExtract {
  const isAsked = (item: { username: string | null }) =>
    username === undefined || item.username?.toLowerCase() === username.toLowerCase();
  return {
    posts: ledger.posts().filter(isAsked),
    requests: ledger.requests.filter(isAsked),
    doubled: ledger.doubled().filter(isAsked),
  };
}
