import request from 'supertest';
import { hiddenFields } from './web.ts';

/** The first member: whoever sets the house up holds every role. */
const PERSON = { email: 'nadia@opendoor.example', password: 'four quiet lanterns' };
const HOUSE = { organisation: 'Open Door', name: 'Nadia', language: 'en', timeZone: 'Europe/Brussels' };

/** A browser without pages: keeps cookies and says where its requests come from. */
export type Visitor = ReturnType<typeof visitor>;

/** Somebody at a running server who is not signed in. */
function visitor(origin: string) {
  return request.agent(origin).set('Sec-Fetch-Site', 'same-origin').set('Accept', 'text/html');
}

/** Follows the one-time link and makes the first member; with the demo world if asked. */
export function setUpHouse(link: string, { loadsDemo = false } = {}) {
  const { origin, pathname } = new URL(link);
  const fields = { ...HOUSE, ...PERSON, ...(loadsDemo ? { loadsDemo: 'on' } : {}) };
  return visitor(origin).post(pathname).type('form').send(fields);
}

/** The first member in a browser of their own. Throws when the password is not taken. */
export async function signedInAt(origin: string): Promise<Visitor> {
  const browser = visitor(origin);
  const { status } = await browser.post('/session').type('form').send(PERSON);
  if (status !== 303) throw new Error(`Signing in was answered with ${status}.`);
  return browser;
}

/** Opens a page and posts its form to this address, with its token and whatever else it hides. */
export async function fillIn(
  browser: Visitor,
  { page, action, fields }: { page: string; action: string; fields: Readonly<Record<string, string>> },
) {
  const { text } = await browser.get(page);
  return browser
    .post(action)
    .type('form')
    .send({ ...hiddenFields(text, action), ...fields });
}
