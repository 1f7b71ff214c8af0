import type { Context } from '../context.ts';
import { isDuplicateKey } from '../models/duplicate-key.ts';
import { KeyMarks } from '../models/key-mark.ts';

/** Writes down which secret key this database is written under, unless that stands there already. */
export async function markKey({ clock, vault }: Pick<Context, 'clock' | 'vault'>): Promise<void> {
  try {
    const first = { keyId: vault.keyId, since: clock.now() };
    await KeyMarks.updateOne({ _id: 'secret-key' }, { $setOnInsert: first }, { upsert: true });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
