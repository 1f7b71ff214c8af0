import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';

/** Something that a secret must not stand in: a name for people, and all its bytes. */
export interface Haystack {
  name: string;
  bytes: Buffer;
}

/** Every collection of the connected database, as text. */
export async function databaseText(): Promise<Haystack[]> {
  const collections = (await mongoose.connection.db?.collections()) ?? [];
  return Promise.all(
    collections.map(async (collection) => ({
      name: `collection ${collection.collectionName}`,
      bytes: Buffer.from(JSON.stringify(await collection.find().toArray())),
    })),
  );
}

/** Every file in and below a directory, but for what lies in directories of these names. */
export function filesBelow(directory: string, except: readonly string[] = []): Haystack[] {
  return readdirSync(directory).flatMap((entry) => {
    const path = join(directory, entry);
    const kind = statSync(path);
    if (kind.isDirectory()) return except.includes(entry) ? [] : filesBelow(path, except);
    return kind.isFile() ? [{ name: path, bytes: readFileSync(path) }] : [];
  });
}

/** Where a secret can be read, as it is or encoded as headers, addresses and dumps encode it. */
export function tracesOf(secret: string, haystacks: readonly Haystack[]): string[] {
  const forms = formsOf(secret);
  return haystacks.flatMap(({ name, bytes }) =>
    forms.filter(({ text }) => bytes.includes(text)).map(({ form }) => `${name}, ${form}`),
  );
}

function formsOf(secret: string): { form: string; text: string }[] {
  const bytes = Buffer.from(secret);
  const forms = [
    { form: 'as it is', text: secret },
    { form: 'for an address', text: encodeURIComponent(secret) },
    { form: 'in JSON', text: JSON.stringify(secret).slice(1, -1) },
    { form: 'in hex', text: bytes.toString('hex') },
    ...[0, 1, 2].flatMap((offset) => base64Within(bytes, offset)),
  ];
  return forms.filter(({ text }, index) => forms.findIndex((other) => other.text === text) === index);
}

/** How these bytes look in base64 wherever in a longer text they begin: what depends on neighbours is cut off. */
function base64Within(bytes: Buffer, offset: number): { form: string; text: string }[] {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const begin = Math.ceil((offset * 4) / 3);
  const end = encoded.length - ((offset + bytes.length) % 3 === 0 ? 0 : 1);
  const text = encoded.slice(begin, end);
  return [
    { form: 'in base64', text },
    { form: 'in base64 for an address', text: text.replaceAll('+', '-').replaceAll('/', '_') },
  ];
}
