import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { CommandError } from '../errors.ts';

/** SCRAM-SHA-256 (RFC 7677): what the server keeps instead of the password. */
export interface Verifier {
  readonly user: string;
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

// The password is 256 random bits, so more rounds than drivers demand would only slow down connecting.
const ITERATIONS = 4096;

export function verifierFor(user: string, password: string): Verifier {
  const salt = randomBytes(28);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  return {
    ...{ user, salt, iterations: ITERATIONS },
    storedKey: createHash('sha256').update(hmac(salted, 'Client Key')).digest(),
    serverKey: hmac(salted, 'Server Key'),
  };
}

/** One conversation: first(), then last(). Throws AuthenticationFailed, always with the same words. */
export class ScramConversation {
  private readonly verifier: Verifier;
  private authMessage = '';
  private nonce = '';

  constructor(verifier: Verifier) {
    this.verifier = verifier;
  }

  first(payload: string): string {
    const bare = payload.slice(payload.indexOf(',', payload.indexOf(',') + 1) + 1);
    const { n: user, r: clientNonce } = attributes(bare);
    if (!payload.startsWith('n,') || !clientNonce || user !== this.verifier.user) throw failed();
    this.nonce = clientNonce + randomBytes(24).toString('base64');
    const { salt, iterations } = this.verifier;
    const answer = `r=${this.nonce},s=${salt.toString('base64')},i=${iterations}`;
    this.authMessage = `${bare},${answer}`;
    return answer;
  }

  last(payload: string): string {
    const { r: nonce, p: proof = '' } = attributes(payload);
    const message = `${this.authMessage},${payload.slice(0, payload.lastIndexOf(',p='))}`;
    const signature = hmac(this.verifier.storedKey, message);
    const given = Buffer.from(proof, 'base64');
    if (this.nonce === '' || nonce !== this.nonce || given.length !== signature.length) throw failed();
    const clientKey = Buffer.from(given.map((byte, i) => byte ^ (signature[i] ?? 0)));
    const storedKey = createHash('sha256').update(clientKey).digest();
    if (!timingSafeEqual(storedKey, this.verifier.storedKey)) throw failed();
    return `v=${hmac(this.verifier.serverKey, message).toString('base64')}`;
  }
}

function attributes(text: string): Record<string, string | undefined> {
  return Object.fromEntries(text.split(',').map((part) => [part[0] ?? '', part.slice(2)]));
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const failed = () => new CommandError('AuthenticationFailed', 'Authentication failed.');
