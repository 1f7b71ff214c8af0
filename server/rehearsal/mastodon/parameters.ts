import { BadBody, isUrlEncoded, readFields, readJson } from '../body.ts';

/** What was sent, whether as JSON, as a form or in the query; names ending in [] are lists. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Reads the fields of a body. Throws BadBody. */
export function readParameters(contentType: string, body: Buffer): Parameters {
  if (body.length === 0) return {};
  if (isUrlEncoded(contentType)) return fromPairs([...new URLSearchParams(body.toString('utf8'))]);
  if (/^multipart\/form-data\b/i.test(contentType)) {
    return Object.fromEntries(
      [...readFields(contentType, body)].map(([name, value]) => [
        name,
        name === 'file' ? value : value.toString('utf8'),
      ]),
    );
  }
  const json = readJson(contentType, body);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ...json };
  throw new BadBody('The body must be an object.');
}

export function fromPairs(pairs: readonly (readonly [string, string])[]): Parameters {
  const read: Record<string, unknown> = {};
  for (const [name, value] of pairs) {
    if (!name.endsWith('[]')) read[name] = value;
    else read[name.slice(0, -2)] = [...((read[name.slice(0, -2)] as string[] | undefined) ?? []), value];
  }
  return read;
}
