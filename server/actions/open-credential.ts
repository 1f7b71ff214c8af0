import type { Context } from '../context.ts';
import type { Credential } from '../domain/credential.ts';
import { Accounts } from '../models/account.ts';
import { Credentials } from '../models/credential.ts';
import { renewCredential } from './renew-credential.ts';

/** Access that ends sooner than this is renewed before it is used; a request may take its time. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * Decrypts an account's credential for one request, renewed when it is about to run out. null: there is none, or
 * it cannot be renewed. The only door to a credential; whoever opens it keeps it for that request alone.
 */
export async function openCredential(context: Context, accountId: string): Promise<Credential | null> {
  const [account, stored] = await Promise.all([
    Accounts.findById(accountId).select('network').lean(),
    Credentials.findOne({ account: accountId }).lean(),
  ]);
  if (!account || !stored) return null;
  const credential = context.vault.open(accountId, stored);
  const endsAt = context.platforms[account.network]?.renewal?.expiresAt(credential) ?? null;
  const isFresh = endsAt === null || endsAt.getTime() - context.clock.now().getTime() > RENEW_BEFORE_MS;
  return isFresh ? credential : renewCredential(context, accountId, credential);
}
