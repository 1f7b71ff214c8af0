import busboy from 'busboy';
import type { Request } from 'express';

/** What every form with a file keeps within, unless it says otherwise. */
const LIMITS = { files: 1, fields: 20, fieldNameSize: 100, parts: 25, headerPairs: 20 };

/** Whether a member brings a form with a file to one of these addresses. */
export function bringsFile(req: Request, addresses: readonly string[]): boolean {
  const isAddressed = req.method === 'POST' && addresses.includes(req.path);
  return isAddressed && req.member !== undefined && Boolean(req.is('multipart/form-data'));
}

/** What reads such a form part by part; null when the request does not say how its parts are told apart. */
export function openParser(
  req: Request,
  limits: { fieldSize: number; fileSize?: number },
): busboy.Busboy | null {
  try {
    const parser = busboy({ headers: req.headers, limits: { ...LIMITS, ...limits } });
    // A form that ends within its file fails twice, here and as a whole; unheard, this would end the process.
    parser.on('file', (_name, file) => file.on('error', () => undefined));
    return parser;
  } catch {
    return null;
  }
}
