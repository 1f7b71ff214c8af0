import type { Log } from './log.ts';

/** Jobs by name, with what each one is told. Publishing lanes carry only their alarm. */
export interface JobPayloads {
  'publish-lane': { lane: number; dueSecond: number };
  'sweep-deliveries': Record<string, never>;
  'measure-deliveries': Record<string, never>;
  'expire-reply-texts': Record<string, never>;
}

export type JobName = keyof JobPayloads;

/** Alarm clocks over Agenda. Owns names and payloads; knows no handler. */
export interface Queue {
  /** Sets the alarm of one lane for the second of this instant; the same alarm twice is one alarm. */
  wakeLane(lane: number, at: Date): Promise<void>;
  stop(): Promise<void>;
}

export interface QueueOptions {
  log: Log;
}
