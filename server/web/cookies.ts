import type { Request, Response } from 'express';

const YEAR_MS = 365 * 24 * 3_600_000;

/** The value of a small, harmless cookie of ours (language, appearance); undefined when it is not there. */
export function readCookie(req: Request, name: string): string | undefined {
  for (const part of (req.get('Cookie') ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}

/** Remembers a choice of this browser for a year. Never for anything secret. */
export function rememberChoice(res: Response, name: string, value: string, isHttps: boolean): void {
  res.cookie(name, value, { httpOnly: true, sameSite: 'lax', secure: isHttps, maxAge: YEAR_MS });
}
