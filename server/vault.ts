import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CannotStart } from './errors.ts';

/** A value encrypted under its own data key, which in turn is encrypted under the vault's key. */
interface Sealed {
  keyId: string;
  sealedKey: string;
  fields: Record<string, string>;
}

/** Everything that is done with the secret key; the key itself never leaves this file. */
export interface Vault {
  /** Names the key without telling it. */
  readonly keyId: string;
  /** For signing session cookies. */
  readonly sessionSecret: string;
  /** HMAC-SHA256 in hex, for the audit trail. */
  mac(text: string): string;
  /** Seals every field with AES-256-GCM; `owner` is bound in, so that a record cannot be moved to another account. */
  seal(owner: string, fields: Readonly<Record<string, string>>): Sealed;
  /** Throws when the record was changed, moved to another owner or sealed under another key. */
  open(owner: string, sealed: Sealed): Record<string, string>;
}

/** Opens the vault with the key in this file; creates the file, readable by its owner only, when there is none. */
export function openVault(secretKeyFile: string): Vault {
  const root = readOrCreateKey(secretKeyFile);
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', root, 'rejoinder', purpose, 32));
  const keyEncryptionKey = derive('credentials');
  const trailKey = derive('trail');
  const keyId = createHmac('sha256', keyEncryptionKey).update('key id').digest('hex').slice(0, 12);

  return {
    keyId,
    sessionSecret: derive('session').toString('hex'),
    mac: (text) => createHmac('sha256', trailKey).update(text).digest('hex'),
    seal(owner, fields) {
      const dataKey = randomBytes(32);
      const sealed = Object.entries(fields).map(([name, value]) => [
        name,
        encrypt(dataKey, value, `${owner}/${name}/1`),
      ]);
      const sealedKey = encrypt(keyEncryptionKey, dataKey.toString('base64'), `${owner}/${keyId}`);
      return { keyId, sealedKey, fields: Object.fromEntries(sealed) };
    },
    open(owner, sealed) {
      if (sealed.keyId !== keyId) throw new Error('This credential was sealed under another secret key.');
      const dataKey = Buffer.from(decrypt(keyEncryptionKey, sealed.sealedKey, `${owner}/${keyId}`), 'base64');
      const opened = Object.entries(sealed.fields).map(([name, value]) => [
        name,
        decrypt(dataKey, value, `${owner}/${name}/1`),
      ]);
      return Object.fromEntries(opened);
    },
  };
}

function readOrCreateKey(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  }
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new CannotStart(
      `${file} must hold 64 hexadecimal digits. Put the right file back, or point SECRET_KEY_FILE at it.`,
    );
  }
  return Buffer.from(text, 'hex');
}

function encrypt(key: Buffer, plain: string, boundTo: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function decrypt(key: Buffer, sealed: string, boundTo: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
