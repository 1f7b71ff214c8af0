import type { Context } from '../context.ts';
import { signedText, type TrailEvent } from '../domain/trail.ts';
import { TrailEvents } from '../models/trail.ts';

export type EventInput = Pick<TrailEvent, 'actor' | 'verb' | 'subject' | 'subjectId'> & {
  campaign?: string | null;
  details?: Record<string, unknown>;
};

const DUPLICATE_KEY = 11000;
let queueTail: Promise<unknown> = Promise.resolve();

/**
 * Appends one entry to the audit trail. Entries of this process go one after the other; when another process
 * took the sequence number first, the entry is chained anew behind that one.
 */
export function recordEvent(context: Pick<Context, 'clock' | 'vault'>, input: EventInput): Promise<void> {
  const appended = queueTail.then(() => append(context, input));
  queueTail = appended.catch(() => undefined);
  return appended;
}

async function append(context: Pick<Context, 'clock' | 'vault'>, input: EventInput): Promise<void> {
  for (;;) {
    const last = await TrailEvents.findOne().sort({ sequence: -1 }).select('sequence hash').lean();
    const entry = {
      sequence: (last?.sequence ?? 0) + 1,
      at: context.clock.now(),
      actor: input.actor,
      verb: input.verb,
      subject: input.subject,
      subjectId: input.subjectId,
      campaign: input.campaign ?? null,
      details: asStored(input.details ?? {}),
      previousHash: last?.hash ?? '',
    };
    try {
      await TrailEvents.create({ ...entry, hash: context.vault.mac(signedText(entry)) });
      return;
    } catch (error) {
      if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
    }
  }
}

/** Only what JSON can say is signed, so only that is stored: an undefined field would come back as null. */
function asStored(details: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(details));
}
