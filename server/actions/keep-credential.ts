import type { Context } from '../context.ts';
import type { Credential } from '../domain/credential.ts';
import { Credentials } from '../models/credential.ts';
import { newId } from '../models/document.ts';

/** Seals an account's credential and stores it in the place of the one before. Resolves once it is durable. */
export async function keepCredential(
  { vault }: Pick<Context, 'vault'>,
  account: string,
  credential: Credential,
): Promise<void> {
  const sealed = vault.seal(account, credential);
  await Credentials.updateOne(
    { account },
    { $set: { ...sealed, renewalUntil: null, renewalBy: null }, $setOnInsert: { _id: newId() } },
    { upsert: true },
  );
}
