import type { Request, RequestHandler } from 'express';
import { MOST_UPLOAD_BYTES } from '../../domain/picture.ts';
import { bringsFile, openParser } from './form-with-file.ts';

/** Bytes of a whole form. What is over the limit of a file is read away, so that the form can come back with a sentence. */
const MOST_FORM_BYTES = 5 * MOST_UPLOAD_BYTES;

const LIMITS = { fieldSize: 32_768, fileSize: MOST_UPLOAD_BYTES + 1 };

/**
 * Reads forms with a file, at these addresses and from members only: the fields as any form's, the file in memory.
 * Nothing is written to a disk, and what the file was called is forgotten. 413 for a form beyond every limit.
 */
export function uploads(addresses: readonly string[]): RequestHandler {
  return async (req, _res, next) => {
    if (!bringsFile(req, addresses)) return next();
    const { fields, upload } = await readParts(req);
    req.body = Object.fromEntries(fields);
    req.upload = upload;
    return next();
  };
}

interface Parts {
  fields: Map<string, string | string[]>;
  upload: Buffer;
}

function readParts(req: Request): Promise<Parts> {
  return new Promise((resolve, reject) => {
    const fields: Parts['fields'] = new Map();
    const chunks: Buffer[] = [];
    const parser = openParser(req, LIMITS);
    const refuse = (status: number) => {
      if (parser) req.unpipe(parser);
      req.resume();
      reject(Object.assign(new Error('The form cannot be read.'), { status }));
    };
    if (!parser) return refuse(400);
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MOST_FORM_BYTES) refuse(413);
    });
    parser.on('file', (_name, file) => file.on('data', (chunk: Buffer) => chunks.push(chunk)));
    parser.on('field', (name, value) => {
      const held = fields.get(name);
      fields.set(name, held === undefined ? value : [held, value].flat());
    });
    for (const event of ['filesLimit', 'fieldsLimit', 'partsLimit']) parser.on(event, () => refuse(413));
    parser.on('error', () => refuse(400));
    parser.on('close', () => resolve({ fields, upload: Buffer.concat(chunks) }));
    req.on('aborted', () => refuse(400));
    req.pipe(parser);
  });
}
