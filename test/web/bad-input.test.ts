import { expect } from 'chai';
import type { Response } from 'supertest';
import { newId } from '../../server/models/document.ts';
import {
  aCampaign,
  aComment,
  aMember,
  aMessage,
  aMessenger,
  aNarrative,
  anAccount,
  anAnswer,
  anImport,
  aSegment,
} from '../support/builders.ts';
import { aPublishedDelivery, aReply } from '../support/builders-evaluation.ts';
import { useDatabase } from '../support/database.ts';
import { routesOf } from '../support/routes.ts';
import { type Fields, openWeb, signedIn } from '../support/web.ts';

/** What could be typed or sent into any field. */
const GARBAGE: Readonly<Record<string, string | readonly string[]>> = {
  words: 'zq <b>"\'&{{x}}',
  'control characters': '\u0000\u0001\ud800\u202e',
  'a long text': 'zq'.repeat(2_000),
  'a list for a text': ['zq', 'zq', ''],
  'a day that does not exist': '2014-02-31',
  'a year beyond counting': '999999-13-45T99:99',
  'a number beyond counting': '9e999',
  'not a number': 'NaN',
  'an id of nothing': newId(),
  'an operator': '{"$gt":""}',
};

/** Names that no form has, or that would reach where they should not. */
const STRANGE_NAMES: Fields = {
  __proto__x: '1',
  'constructor.prototype.roles': 'administrator',
  constructor: '1',
  toString: '1',
  'a[0]': 'x',
  'a[1].b': 'y',
  'a[199]': 'z',
  'a.b': 'w',
  a: 'v',
  $where: '1',
  'risks[x].likelihood': '1',
};

describe('Bad input', function suite() {
  this.timeout(120_000);
  useDatabase();
  const web = openWeb();
  const routes = routesOf(web.app).filter(({ method }) => method === 'post');
  let addressOf: (path: string) => string;

  beforeEach('something for every address to be about', async () => {
    const campaign = await aCampaign();
    const delivery = await aPublishedDelivery({ campaign: campaign._id });
    const ids: Record<string, string> = {
      campaigns: campaign._id,
      answers: (await anAnswer())._id,
      narratives: (await aNarrative())._id,
      audiences: (await aSegment())._id,
      messengers: (await aMessenger())._id,
      messages: (await aMessage({ campaign: campaign._id }))._id,
      deliveries: delivery._id,
      comments: (await aComment())._id,
      replies: (await aReply({ campaign: campaign._id, delivery: delivery._id }))._id,
      accounts: (await anAccount())._id,
      imports: (await anImport())._id,
      settings: (await aMember('drafter'))._id,
    };
    addressOf = (path) => path.replaceAll(/:\w+/g, ids[path.split('/')[1] ?? ''] ?? newId());
  });

  /** A fresh member for each: some of the routes end sessions or change who one is. */
  const send = async (path: string, fields: Fields): Promise<Response> => {
    const browser = await signedIn(web, await aMember());
    return browser.post(addressOf(path), fields);
  };

  it('never fails a route, whatever a body holds', async () => {
    const wrong: string[] = [];
    for (const { path } of routes) {
      const empty = await send(path, {});
      const bodies: [string, Fields][] = [
        ['strange names', STRANGE_NAMES],
        ...Object.entries(GARBAGE).map(([what, value]): [string, Fields] => [
          what,
          Object.fromEntries(fieldsIn(empty.text, addressOf(path)).map(({ name }) => [name, value])),
        ]),
      ];
      if (empty.status >= 500) wrong.push(`${path}: nothing: ${empty.status}`);
      if (empty.status !== 422 && empty.status !== 409) bodies.splice(1);
      for (const [what, body] of bodies) {
        const { status, text } = await send(path, body);
        const isMute = status >= 400 && !/class="(error-summary|[^"]*\blead\b)|<h1/.test(text);
        // A network that does not answer is no fault of ours, and is told as such.
        const isOurs = status >= 500 && status !== 502;
        if (isOurs || isMute) wrong.push(`${path}: ${what}: ${status}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('comes back with everything that was typed', async () => {
    const lost: string[] = [];
    let fields = 0;
    for (const { path } of routes) {
      const empty = await send(path, {});
      if (empty.status !== 422) continue;
      const typed = fieldsIn(empty.text, addressOf(path)).filter(({ isTyped }) => isTyped);
      const body = Object.fromEntries(typed.map(({ name }, index) => [name, `zq${index}zq`]));
      fields += typed.length;
      const { status, text } = await send(path, { ...body, unknown: 'x' });
      if (status !== 422) lost.push(`${path}: ${status}`);
      for (const [name, value] of Object.entries(body))
        if (!text.includes(value)) lost.push(`${path}: ${name}`);
    }
    expect(lost).to.deep.equal([]);
    expect(fields, 'fields that were typed into').to.be.greaterThan(40);
  });

  it('of a megabyte is turned away before it is read', async () => {
    const wrong: string[] = [];
    const text = 'x'.repeat(1_048_576);
    for (const { path } of routes) {
      const { status, text: page } = await send(path, { text });
      if (status !== 413 || !page.includes('<h1')) wrong.push(`${path}: ${status}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});

/** The fields of the form that is posted to `action`, and whether what stands in them was typed rather than chosen. */
function fieldsIn(html: string, action: string): { name: string; isTyped: boolean }[] {
  const start = html.indexOf(`action="${action}"`);
  const form = start < 0 ? '' : html.slice(start, html.indexOf('</form>', start));
  const found = [...form.matchAll(/<(input|textarea|select)\b[^>]*?\bname="([^"]+)"[^>]*>/g)];
  return found
    .filter(([, , name]) => name !== '_token')
    .map(([tag, element, name]) => ({
      name: String(name),
      isTyped: element === 'textarea' || (element === 'input' && /type="(text|email|url|search)"/.test(tag)),
    }));
}
