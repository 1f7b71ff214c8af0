import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the package's defaults (19 MiB, two passes), which are OWASP's first recommendation. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

let decoy: Promise<string> | undefined;

/** Takes the same time when there is no hash to compare with, so that nobody learns which addresses are known. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hash('a password that nobody has');
  const isSame = await verify(passwordHash ?? (await decoy), password);
  return isSame && passwordHash !== null;
}
