import { createHash } from 'node:crypto';
import type { Express, Request, RequestHandler } from 'express';
import session, { type Store } from 'express-session';
import type { Context } from '../../context.ts';

const HOUR = 3_600_000;
/** Without a request for this long a session ends. */
const IDLE_MS = 8 * HOUR;
/** However busy it is, a session ends after this. */
export const ABSOLUTE_MS = 7 * 24 * HOUR;

export const isHttps = (config: Context['config']) => config.publicUrl?.startsWith('https:') ?? false;

/** Over https only the `__Host-` name is safe from subdomains; plain http, which only loopback should use, forbids it. */
export const sessionCookieName = (config: Context['config']) =>
  isHttps(config) ? '__Host-session' : 'rejoinder_session';

/** What the database knows a session by: a hash, so that a copy of the database lets nobody in. */
export const storedSessionId = (sessionId: string) => createHash('sha256').update(sessionId).digest('hex');

/** How the store keeps sessions: readable for the list of one's own, and touched at most once a minute. */
export const SESSION_STORE = {
  collectionName: 'sessions',
  stringify: false,
  touchAfter: 60,
  transformId: storedSessionId,
} as const;

/** Sessions live in the store that the caller brings; guests have none until they sign in. */
export function setUpSessions(app: Express, { config, vault }: Context, store: Store): void {
  const secure = isHttps(config);
  // Behind a TLS proxy the request itself is plain http; only proxies of this machine or network are believed.
  if (secure) app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  app.use(
    session({
      store,
      name: sessionCookieName(config),
      secret: vault.sessionSecret,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: IDLE_MS },
    }),
  );
  app.use(saveBeforeRedirect);
}

/**
 * A browser follows a redirect as soon as its headers arrive, and express-session saves after them: the next page
 * would not know yet who signed in, or what was just done.
 */
const saveBeforeRedirect: RequestHandler = (req, res, next) => {
  const redirect = res.redirect.bind(res) as (status: number, address: string) => void;
  res.redirect = (...given: [number | string, (string | number)?]) => {
    const [status, address] = given.length === 1 ? [302, given[0]] : given;
    const go = () => redirect(Number(status), String(address));
    bindNotices(req, String(address));
    if (!req.session?.memberId) return go();
    req.session.save((error) => (error ? next(error) : go()));
  };
  next();
};

/** What was just done is told on the page that this redirect leads to, and not in another tab that happens to load. */
function bindNotices({ session: kept, method, path }: Request, address: string): void {
  const page = new URL(address, 'http://here').pathname;
  for (const notice of kept?.notices ?? [])
    if (notice.page === undefined || (method === 'GET' && notice.page === path)) notice.page = page;
}
