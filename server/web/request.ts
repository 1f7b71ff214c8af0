import type { Request } from 'express';
import type { Config } from '../config.ts';
import type { Member } from '../domain/member.ts';
import { Forbidden } from '../errors.ts';
import type { Speak } from './speak.ts';

/** Shown once, on the page after a successful change. */
export interface Notice {
  kind: 'done' | 'warning';
  text: string;
  /** Where the sentence leads; not given where it leads nowhere. */
  link?: { path: string; text: string };
  /** The page that the redirect after the change leads to; no other one shows it. */
  page?: string;
}

/** A file on its way in; it is read once, as fast as its reader takes it. */
interface IncomingFile {
  /** As the browser calls it; nothing to trust. */
  name: string;
  /** Of the whole form, as the browser announces it; 0 when it does not. */
  announcedBytes: number;
  bytes: AsyncIterable<Uint8Array>;
}

declare global {
  namespace Express {
    interface Request {
      /** Who is signed in, read anew from the database for this request; undefined for a guest. */
      member?: Member;
      /** How this person is spoken to. */
      speak: Speak;
      /** The file of a form that carries one; empty when none was chosen. */
      upload?: Buffer;
      /** The file that a form carries, while it still arrives; undefined when the form carries none. */
      incoming?: IncomingFile;
      /** The token every form of this session carries; empty for a guest. */
      formToken: string;
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    memberId: string;
    /** ISO instant of the sign-in; the absolute limit counts from it. */
    signedInAt: string;
    /** What the browser called itself at sign-in, for the person's own list of sessions. */
    userAgent: string;
    notices: Notice[];
  }
}

/** The signed-in member of a route that `allowing` or `anyMember` guards. */
export function currentMember(req: Request): Member {
  if (!req.member) throw new Forbidden('Nobody is signed in.');
  return req.member;
}

/** Remembers a sentence for the next page; written in the member's language. */
export function notify(
  req: Request,
  text: string,
  kind: Notice['kind'] = 'done',
  link?: Notice['link'],
): void {
  req.session.notices = [...(req.session.notices ?? []), { kind, text, ...(link ? { link } : {}) }];
}

/** The `:id` (or another part) of the address. */
export function idOf(req: Request, part = 'id'): string {
  return String(req.params[part]);
}

/** A whole address for use outside a page, such as a link to hand over. */
export function publicAddress(req: Request, config: Config, path: string): string {
  return `${config.publicUrl ?? `${req.protocol}://${req.get('Host')}`}${path}`;
}
