import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Credential } from '../domain/credential.ts';
import { Accounts } from '../models/account.ts';
import { Credentials } from '../models/credential.ts';
import { keepCredential } from './keep-credential.ts';
import { recordEvent } from './record-event.ts';

/** Longer than any request for new tokens lasts. */
const LEASE_MS = 60_000;
const LOOK_AGAIN_MS = 100;
const LOOKS = 300;

/**
 * Renews a credential that is about to run out. A renewal is good for one use, so one process does it, under a
 * lease in the database, and the others wait for its result; the new tokens are stored before anybody gets them.
 * null: a person has to connect the account again. When the network could not be asked, the old credential is
 * handed out: whoever uses it learns from the network itself how things are.
 */
export async function renewCredential(
  context: Context,
  accountId: string,
  seen: Credential,
): Promise<Credential | null> {
  const holder = randomUUID();
  if (!(await takeLease(context, accountId, holder))) return waitForOther(context, accountId, seen);
  const stored = await Credentials.findOne({ account: accountId, renewalBy: holder }).lean();
  if (!stored) return null;
  const current = context.vault.open(accountId, stored);
  if (isOther(current, seen)) {
    await endLease(accountId, holder);
    return current;
  }
  return renew(context, accountId, { current, holder });
}

async function takeLease({ clock }: Context, account: string, holder: string): Promise<boolean> {
  const now = clock.now();
  const taken = await Credentials.updateOne(
    { account, $or: [{ renewalUntil: null }, { renewalUntil: trusted({ $lt: now }) }] },
    { $set: { renewalBy: holder, renewalUntil: new Date(now.getTime() + LEASE_MS) } },
  );
  return taken.modifiedCount === 1;
}

async function endLease(account: string, holder: string): Promise<void> {
  await Credentials.updateOne(
    { account, renewalBy: holder },
    { $set: { renewalBy: null, renewalUntil: null } },
  );
}

async function renew(
  context: Context,
  accountId: string,
  { current, holder }: { current: Credential; holder: string },
): Promise<Credential | null> {
  const account = await Accounts.findById(accountId);
  const renewal = account && context.platforms[account.network]?.renewal;
  if (!account || !renewal) return current;
  const outcome = await renewal.renew(current);
  if (outcome.kind === 'renewed') {
    await keepCredential(context, accountId, outcome.credential);
    await recordEvent(context, {
      actor: null,
      verb: 'credential renewed',
      subject: 'account',
      subjectId: accountId,
      details: { handle: account.handle },
    });
    return outcome.credential;
  }
  await endLease(accountId, holder);
  if (outcome.kind === 'unauthorised') {
    account.set({ state: 'auth-needed', stateReason: outcome.detail });
    await account.save();
    return null;
  }
  return current;
}

/** Another process renews it: its result is ours. */
async function waitForOther(context: Context, account: string, seen: Credential): Promise<Credential | null> {
  for (let look = 0; look < LOOKS; look += 1) {
    await wait(LOOK_AGAIN_MS);
    const stored = await Credentials.findOne({ account }).lean();
    if (!stored) return null;
    const current = context.vault.open(account, stored);
    if (isOther(current, seen)) return current;
    if (stored.renewalUntil === null) return null;
  }
  return null;
}

const isOther = (current: Credential, seen: Credential) => current.accessToken !== seen.accessToken;
