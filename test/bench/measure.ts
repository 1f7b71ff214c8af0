import type { Db } from 'mongodb';

/** How many callers work at once, each on the next thing when its last is answered. */
export const CALLERS = 32;
const SECONDS = 4;

/** What one kind of work reached. */
export interface Figure {
  /** How often it was done in a second. */
  readonly rate: number;
  /** Processor time that the server itself took for one, in microseconds; undefined when it does not say. */
  readonly serverMicroseconds: number | undefined;
  /** The same of this process, nearly all of it the driver's: one core of it bounds the rate whatever the server does. */
  readonly clientMicroseconds?: number;
}

/** Has CALLERS callers do the work for SECONDS seconds, after half a second that does not count. */
export async function measure(database: Db, work: () => Promise<unknown>): Promise<Figure> {
  await repeat(work, 0.5);
  const before = await processorTime(database);
  const clientBefore = process.cpuUsage();
  const { done, seconds } = await repeat(work, SECONDS);
  const { user, system } = process.cpuUsage(clientBefore);
  const after = await processorTime(database);
  const serverMicroseconds =
    before !== undefined && after !== undefined ? (after - before) / done : undefined;
  return { rate: done / seconds, serverMicroseconds, clientMicroseconds: (user + system) / done };
}

async function repeat(work: () => Promise<unknown>, seconds: number) {
  const begins = performance.now();
  const ends = begins + seconds * 1000;
  let done = 0;
  const caller = async () => {
    while (performance.now() < ends) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { done, seconds: (performance.now() - begins) / 1000 };
}

/** Processor time that the server has taken so far, in microseconds; undefined when it does not say. */
export async function processorTime(database: Db): Promise<number | undefined> {
  const { extra_info: times } = await database.admin().serverStatus();
  return times && Number(times.user_time_us) + Number(times.system_time_us);
}

/** Prints a figure, what share of bare pings it is, and the processor time that one took on either side. */
export function print(name: string, figure: Figure, ceiling: Figure): void {
  const { rate, serverMicroseconds: server, clientMicroseconds: client } = figure;
  const share = `${Math.round((rate / ceiling.rate) * 100)} % of ping`;
  const costs = Object.entries({ server, client })
    .filter(([, cost]) => cost)
    .map(([side, cost]) => `${side} ${String(Math.round(cost ?? 0)).padStart(4)} µs`)
    .join('  ');
  write(`${name.padEnd(34)}${String(Math.round(rate)).padStart(8)}/s ${share.padStart(16)}   ${costs}`);
}

export function printTime(name: string, milliseconds: number): void {
  write(`${name.padEnd(34)}${milliseconds.toFixed(2).padStart(8)} ms`);
}

function write(line: string): void {
  process.stdout.write(`${line.trimEnd()}\n`);
}
