import type { Context } from '../context.ts';
import { signedText, type TrailEvent } from '../domain/trail.ts';
import { isDuplicateKey } from '../models/duplicate-key.ts';
import { appendToTrail, TrailEvents } from '../models/trail.ts';
import { gathered } from './gathered.ts';

export type EventInput = Pick<TrailEvent, 'actor' | 'verb' | 'subject' | 'subjectId'> & {
  campaign?: string | null;
  details?: Record<string, unknown>;
};

type Scribe = Pick<Context, 'clock' | 'vault'>;
type Entry = Omit<TrailEvent, '_id'>;

/** Together with others that come while one is being written. */
const appended = gathered(async (context: Scribe, inputs: readonly EventInput[]): Promise<undefined[]> => {
  for (let left = inputs; left.length > 0; ) left = left.slice(await append(context, left));
  return inputs.map(() => undefined);
});

/**
 * Appends one entry to the audit trail. Entries of this process are chained in the order in which they came; when
 * another process took a sequence number first, the rest is chained anew behind that one.
 */
export async function recordEvent(context: Scribe, input: EventInput): Promise<void> {
  await appended(context, input);
}

/** Returns how many of these, from the first on, are in the trail now. */
async function append(context: Scribe, inputs: readonly EventInput[]): Promise<number> {
  const last = await TrailEvents.findOne().sort({ sequence: -1 }).select('sequence hash').lean();
  const entries: Entry[] = [];
  for (const input of inputs) entries.push(entryAfter(context, entries.at(-1) ?? last, input));
  try {
    // In order: it ends with the first that fails, so the chain has no hole.
    await appendToTrail(entries);
    return entries.length;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const { writeErrors } = error as { writeErrors?: { index: number }[] };
    return writeErrors?.[0]?.index ?? 0;
  }
}

function entryAfter(
  { clock, vault }: Scribe,
  previous: Pick<Entry, 'sequence' | 'hash'> | null,
  input: EventInput,
): Entry {
  const entry = {
    sequence: (previous?.sequence ?? 0) + 1,
    at: clock.now(),
    actor: input.actor,
    verb: input.verb,
    subject: input.subject,
    subjectId: input.subjectId,
    campaign: input.campaign ?? null,
    details: asStored(input.details ?? {}),
    previousHash: previous?.hash ?? '',
  };
  return { ...entry, hash: vault.mac(signedText(entry)) };
}

/** Only what JSON can say is signed, so only that is stored: an undefined field would come back as null. */
function asStored(details: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(details));
}
