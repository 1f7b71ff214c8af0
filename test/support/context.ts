import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../server/clock.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { openLog } from '../../server/log.ts';
import type { Queue } from '../../server/queue.ts';
import { openVault, type Vault } from '../../server/vault.ts';

/** A clock that stands still until a test moves it. */
interface FixedClock extends Clock {
  set(at: string | Date): void;
  advance(minutes: number): void;
}

function fixedClock(start = '2014-10-14T07:00:00Z'): FixedClock {
  let now = new Date(start);
  const waiting = new Set<() => void>();
  const set = (at: string | Date) => {
    now = new Date(at);
    for (const look of [...waiting]) look();
  };
  return {
    now: () => new Date(now),
    until: (at, signal) =>
      new Promise((resolve) => {
        const look = () => {
          if (now < at && !signal?.aborted) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        signal?.addEventListener('abort', look, { once: true });
        look();
      }),
    set,
    advance: (minutes) => set(new Date(now.getTime() + minutes * 60_000)),
  };
}

/** A queue that only writes down which alarms were set. */
interface RecordingQueue extends Queue {
  readonly wakeUps: { lane: number; at: Date }[];
  /** How often somebody asked for imports to be run. */
  importWakeUps: number;
}

function recordingQueue(): RecordingQueue {
  const wakeUps: { lane: number; at: Date }[] = [];
  return {
    name: 'test',
    wakeUps,
    importWakeUps: 0,
    async wakeImports() {
      this.importWakeUps += 1;
    },
    wakeLane: async (lane, at) => void wakeUps.push({ lane, at }),
    wakeLanes: async (alarms) => void wakeUps.push(...alarms),
    start: async () => undefined,
    freeLocks: async () => undefined,
    isHealthy: async () => true,
    stop: async () => undefined,
  };
}

export interface TestContext extends Context {
  readonly clock: FixedClock;
  readonly queue: RecordingQueue;
}

let vault: Vault | undefined;

/** A context whose clock, queue and platforms the test holds in its hand. */
export function testContext(
  overrides: Partial<Pick<Context, 'platforms' | 'config' | 'rehearsal'>> = {},
): TestContext {
  const config = overrides.config ?? readConfig({ LOG_LEVEL: 'silent' });
  vault ??= passingVault();
  return {
    config,
    log: openLog(config),
    clock: fixedClock(),
    queue: recordingQueue(),
    vault,
    rehearsal: overrides.rehearsal ?? null,
    platforms: overrides.platforms ?? {},
  };
}

/** A vault whose key goes with this process. */
function passingVault(): Vault {
  const directory = mkdtempSync(join(tmpdir(), 'rejoinder-vault-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return openVault(join(directory, 'secret.key'));
}
