/** A body that is not what its content type says. */
export class BadBody extends Error {
  override readonly name = 'BadBody';
}

/** One field of a form: bytes, because some of them are pictures. */
export type FormFields = ReadonlyMap<string, Buffer>;

/** Reads a JSON body. Throws BadBody on anything else. */
export function readJson(contentType: string, body: Buffer): unknown {
  if (!/^application\/json\b/i.test(contentType)) throw new BadBody('The body must be application/json.');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new BadBody('The body is not valid JSON.');
  }
}

/** Reads the fields of a JSON object, an urlencoded or a multipart form; all values become bytes. Throws BadBody. */
export function readFields(contentType: string, body: Buffer): FormFields {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary) return readMultipart(body, boundary);
  if (isUrlEncoded(contentType)) return toFields([...new URLSearchParams(body.toString('utf8'))]);
  const json = body.length === 0 ? {} : readJson(contentType, body);
  if (typeof json !== 'object' || json === null) throw new BadBody('The body must be an object.');
  return toFields(Object.entries(json));
}

export function isUrlEncoded(contentType: string): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(contentType);
}

function toFields(entries: [string, unknown][]): FormFields {
  return new Map(
    entries.map(([name, value]) => [
      name,
      Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    ]),
  );
}

function readMultipart(body: Buffer, boundary: string): FormFields {
  const fields = new Map<string, Buffer>();
  const delimiter = Buffer.from(`--${boundary}`);
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const end = body.indexOf(delimiter, start + delimiter.length);
    if (end < 0) break;
    // Between the delimiters: CRLF, headers, an empty line, the value, CRLF.
    const part = body.subarray(start + delimiter.length + 2, end - 2);
    const headersEnd = part.indexOf('\r\n\r\n');
    const name = /name="([^"]*)"/i.exec(part.subarray(0, Math.max(0, headersEnd)).toString('latin1'))?.[1];
    if (name && headersEnd >= 0) fields.set(name, part.subarray(headersEnd + 4));
    start = end;
  }
  return fields;
}
