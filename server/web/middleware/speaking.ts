import type { Request, RequestHandler } from 'express';
import { INTERFACE_LANGUAGES, type InterfaceLanguage } from '../../domain/member.ts';
import { readCookie } from '../cookies.ts';
import type { Locales } from '../locales.ts';
import { openSpeak } from '../speak.ts';

/**
 * Chooses language and zone: the member's own, else the language cookie, else what the browser asks for. Runs once
 * before the session is read, so that even its failure is told in words, and once after.
 */
export function speaking(locales: Locales): RequestHandler {
  return (req, res, next) => {
    const language = req.member?.language ?? guestLanguage(req);
    req.speak = openSpeak(locales, { language, timeZone: req.member?.timeZone ?? 'UTC' });
    res.locals.speak = req.speak;
    res.set('Content-Language', language);
    next();
  };
}

function guestLanguage(req: Request): InterfaceLanguage {
  const chosen = INTERFACE_LANGUAGES.find((language) => language === readCookie(req, 'language'));
  const asked = req.acceptsLanguages([...INTERFACE_LANGUAGES]);
  return chosen ?? INTERFACE_LANGUAGES.find((language) => language === asked) ?? 'en';
}
