import type { Request, RequestHandler, Response } from 'express';
import { bringsFile, openParser } from './form-with-file.ts';

/** What stands before the file: the token and a few choices. What comes after it is not read. */
const LIMITS = { fieldSize: 4_096 };

/**
 * Takes in forms with one file, at these addresses and from members only. The fields before the file become the body,
 * so that the token is checked before the file is read; the file itself is handed on while it still arrives, and its
 * reader decides how much of it is too much. Once the answer is given, the rest is read away: a browser that is cut
 * off while it sends shows no answer.
 */
export function incomingFile(addresses: readonly string[]): RequestHandler {
  return async (req, res, next) => {
    if (!bringsFile(req, addresses)) return next();
    await readUntilFile(req, res);
    return next();
  };
}

function readUntilFile(req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = Object.create(null);
    const refuse = () => reject(Object.assign(new Error('The form cannot be read.'), { status: 400 }));
    const parser = openParser(req, LIMITS);
    if (!parser) return refuse();
    const handOn = () => {
      req.body = { ...fields };
      resolve();
    };
    parser.on('field', (name, value) => {
      fields[name] = value;
    });
    parser.on('file', (_field, bytes, { filename }) => {
      // Who reads the file learns that it broke off; nobody may be reading any more.
      parser.once('error', (error: Error) => bytes.destroy(error));
      req.once('aborted', () => bytes.destroy(new Error('The file broke off.')));
      if (filename)
        req.incoming = { name: filename, bytes, announcedBytes: Number(req.get('Content-Length') ?? 0) };
      else bytes.resume();
      handOn();
    });
    parser.on('error', refuse);
    parser.on('close', handOn);
    req.once('aborted', refuse);
    res.once('finish', () => {
      req.unpipe(parser);
      req.resume();
    });
    req.pipe(parser);
  });
}
