import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { Accounts } from '../models/account.ts';
import { Credentials } from '../models/credential.ts';
import { KeyMarks } from '../models/key-mark.ts';
import { recordEvent } from './record-event.ts';

/**
 * Goes on under another secret key after the old one was lost: credentials that it cannot open are destroyed and their
 * accounts disconnected, until somebody connects them again. The audit trail says so.
 */
export async function replaceKey(context: Pick<Context, 'clock' | 'vault'>): Promise<void> {
  const { keyId } = context.vault;
  const lost = await Credentials.find({ keyId: trusted({ $ne: keyId }) })
    .select('account')
    .lean();
  const accounts = lost.map(({ account }) => account);
  await Accounts.updateMany(
    { _id: trusted({ $in: accounts }) },
    { $set: { state: 'disconnected', stateReason: '' }, $inc: { version: 1 } },
  );
  await Credentials.deleteMany({ _id: trusted({ $in: lost.map(({ _id }) => _id) }) });
  await KeyMarks.updateOne(
    { _id: 'secret-key' },
    { $set: { keyId, since: context.clock.now() } },
    { upsert: true },
  );
  await recordEvent(context, {
    actor: null,
    verb: 'secret key replaced',
    subject: 'organisation',
    subjectId: 'organisation',
    details: { disconnected: accounts.length },
  });
}
