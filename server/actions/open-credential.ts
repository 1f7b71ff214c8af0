import type { Context } from '../context.ts';
import { Credentials } from '../models/credential.ts';

/** The decrypted credential of an account; null when none is stored. It must not be logged or stored anywhere. */
export async function openCredential(
  context: Pick<Context, 'vault'>,
  accountId: string,
): Promise<Readonly<Record<string, string>> | null> {
  const stored = await Credentials.findOne({ account: accountId }).lean();
  return stored && context.vault.open(accountId, stored);
}
