import { closeSync, fdatasync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const syncToDisk = promisify(fdatasync);

/** An append-only file of JSON lines; everything a network remembers is what its journal tells again. */
export interface Journal<Event> {
  /** Writes the event, then applies it. What was written survives the end of this process, however sudden. */
  record(event: Event): void;
  /** Resolves when all that was recorded so far also survives a power cut. Callers share one sync. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the journal at `path` and applies every event in it. A last line that was torn by a crash is cut off;
 * throws when an earlier line is damaged.
 */
export function openJournal<Event>(path: string, apply: (event: Event) => void): Journal<Event> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fd = openSync(path, 'a+', 0o600);
  const { events, goodBytes } = readEvents<Event>(readFileSync(fd), path);
  ftruncateSync(fd, goodBytes);
  for (const event of events) apply(event);

  let size = goodBytes;
  let settledSize = goodBytes;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  async function syncAll(): Promise<void> {
    next = null;
    const upTo = size;
    await syncToDisk(fd);
    settledSize = upTo;
  }

  function settled(): Promise<void> {
    if (settledSize === size) return Promise.resolve();
    // A sync that already runs may have begun before our last write, so the next one is shared instead.
    if (!next) {
      next = running.then(syncAll, syncAll);
      running = next;
    }
    return next;
  }

  return {
    record(event) {
      const line = Buffer.from(`${JSON.stringify(event)}\n`);
      appendWhole(fd, line, size);
      size += line.length;
      apply(event);
    },
    settled,
    async close() {
      await settled();
      closeSync(fd);
    },
  };
}

/** A line that could not be written completely (a full disk) is taken back, or the next one would be glued to it. */
function appendWhole(fd: number, line: Buffer, size: number): void {
  try {
    let written = 0;
    while (written < line.length) written += writeSync(fd, line, written);
  } catch (error) {
    ftruncateSync(fd, size);
    throw error;
  }
}

function readEvents<Event>(bytes: Buffer, path: string): { events: Event[]; goodBytes: number } {
  const events: Event[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    const event = parse<Event>(bytes.subarray(start, end));
    if (event === undefined) {
      if (bytes.indexOf(10, end + 1) < 0) break;
      throw new Error(`${path} is damaged at line ${events.length + 1}: restore it or move it away`);
    }
    events.push(event);
    start = end + 1;
  }
  return { events, goodBytes: start };
}

function parse<Event>(line: Buffer): Event | undefined {
  try {
    return JSON.parse(line.toString('utf8')) as Event;
  } catch {
    return undefined;
  }
}
