import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import type { Credential } from '../domain/credential.ts';
import { Accounts } from '../models/account.ts';
import { Credentials } from '../models/credential.ts';
import { gathered } from './gathered.ts';
import { renewCredential } from './renew-credential.ts';

/** Access that ends sooner than this is renewed before it is used; a request may take its time. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * Decrypts an account's credential for one request, renewed when it is about to run out. null: there is none, or
 * it cannot be renewed. The only door to a credential; whoever opens it keeps it for that request alone.
 */
export async function openCredential(context: Context, accountId: string): Promise<Credential | null> {
  const { account, stored } = await storedCredential(context, accountId);
  if (!account || !stored) return null;
  const credential = context.vault.open(accountId, stored);
  const endsAt = context.platforms[account.network]?.renewal?.expiresAt(credential) ?? null;
  const isFresh = endsAt === null || endsAt.getTime() - context.clock.now().getTime() > RENEW_BEFORE_MS;
  return isFresh ? credential : renewCredential(context, accountId, credential);
}

/** Still sealed, read together with those of others that are about to leave. */
const storedCredential = gathered(async (_context: Context, ids: readonly string[]) => {
  const oneOf = trusted({ $in: [...new Set(ids)] });
  const [accounts, credentials] = await Promise.all([
    Accounts.find({ _id: oneOf }).select('network').batchSize(ids.length).lean(),
    Credentials.find({ account: oneOf }).batchSize(ids.length).lean(),
  ]);
  const accountOf = new Map(accounts.map((account) => [account._id, account]));
  const storedOf = new Map(credentials.map((stored) => [stored.account, stored]));
  return ids.map((id) => ({ account: accountOf.get(id) ?? null, stored: storedOf.get(id) ?? null }));
});
