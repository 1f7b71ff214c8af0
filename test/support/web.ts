import { createHmac } from 'node:crypto';
import type { Express } from 'express';
import session, { type Store } from 'express-session';
import { HtmlValidate } from 'html-validate';
import request, { type Response } from 'supertest';
import type { Member } from '../../server/domain/member.ts';
import { type AppOptions, createApp } from '../../server/web/app.ts';
import { formTokenOf } from '../../server/web/middleware/form-token.ts';
import { sessionCookieName } from '../../server/web/middleware/sessions.ts';
import { type TestContext, testContext } from './context.ts';

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface Web {
  readonly app: Express;
  readonly context: TestContext;
  readonly store: Store;
}

/** The whole web server over a test context, without a port; sessions live in memory. */
export function openWeb(context: TestContext = testContext(), options: Partial<AppOptions> = {}): Web {
  const store = new session.MemoryStore();
  const app = createApp(context, {
    sessionStore: store,
    readiness: async () => ({ database: true, jobs: true }),
    strictTexts: true,
    ...options,
  });
  return { app, context, store };
}

/** What a browser does for one person: keeps cookies, says where requests come from, sends the form's token. */
export interface Browser {
  get(path: string): Promise<Response>;
  /** Sends a form that is known to be on some page. */
  post(path: string, fields?: Fields): Promise<Response>;
  /** Sends a form that carries a file, called as somebody who means harm would call it. */
  upload(
    path: string,
    fields: Fields,
    file?: { name: string; bytes: Buffer; filename?: string },
  ): Promise<Response>;
  /** Opens a page, finds the form that is posted to `action`, fills it in and sends it. */
  submit(page: string, action: string, fields: Fields): Promise<Response>;
}

let sessions = 0;

/** A browser in which this member is signed in. */
export async function signedIn(web: Web, member: Pick<Member, '_id'>): Promise<Browser> {
  const { id, cookie } = await newSession(web, member);
  return browserOf(web, cookie, formTokenOf(web.context.vault, id));
}

/** What a browser sends as its cookie in which this member is signed in. */
export async function sessionCookie(web: Web, member: Pick<Member, '_id'>): Promise<string> {
  return (await newSession(web, member)).cookie;
}

async function newSession(web: Web, member: Pick<Member, '_id'>): Promise<{ id: string; cookie: string }> {
  sessions += 1;
  const id = `test-session-${sessions}`;
  const cookie = new session.Cookie();
  await new Promise<void>((resolve, reject) =>
    web.store.set(
      id,
      {
        cookie,
        memberId: member._id,
        signedInAt: web.context.clock.now().toISOString(),
        userAgent: 'test',
        notices: [],
      },
      (error) => (error ? reject(error) : resolve()),
    ),
  );
  const signature = createHmac('sha256', web.context.vault.sessionSecret).update(id).digest('base64');
  const value = encodeURIComponent(`s:${id}.${signature.replace(/=+$/, '')}`);
  return { id, cookie: `${sessionCookieName(web.context.config)}=${value}` };
}

/** A browser in which nobody is signed in. */
export function guest(web: Web): Browser {
  return browserOf(web);
}

function browserOf(web: Web, cookie?: string, token = ''): Browser {
  const agent = request.agent(web.app).set('Accept', 'text/html').set('Sec-Fetch-Site', 'same-origin');
  if (cookie) agent.set('Cookie', cookie);
  const post = (path: string, fields: Fields) => agent.post(path).type('form').send(encode(fields));
  return {
    get: async (path) => agent.get(path),
    post: async (path, fields = {}) => post(path, { _token: token, ...fields }),
    upload: async (path, fields, file) => {
      const asked = agent.post(path);
      for (const [name, value] of Object.entries({ _token: token, ...fields }))
        asked.field(name, String(value));
      const filename = file?.filename ?? '../../evil.php';
      if (file) asked.attach(file.name, file.bytes, { filename, contentType: 'text/html' });
      return asked;
    },
    submit: async (page, action, fields) => {
      const shown = await agent.get(page);
      return post(action, { ...hiddenFields(shown.text, action), ...fields });
    },
  };
}

function encode(fields: Fields): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
}

/** The hidden fields of the page's form that is posted to `action`. Throws when there is no such form. */
export function hiddenFields(html: string, action: string): Record<string, string> {
  const start = html.indexOf(`action="${action}"`);
  if (start < 0) throw new Error(`There is no form for ${action} on this page.`);
  const form = html.slice(start, html.indexOf('</form>', start));
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name, value]) => [name, value]));
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'tel-non-breaking': 'off',
    'no-inline-style': 'error',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
  },
});

/** What is wrong with this page; empty when it is valid. For `expect(await htmlProblems(html)).to.deep.equal([])`. */
export async function htmlProblems(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`),
  );
}
