import { expect } from 'chai';
import { mayDo, ROLES } from '../../server/domain/roles.ts';
import { newId } from '../../server/models/document.ts';
import { aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { routesOf, type WalkedRoute } from '../support/routes.ts';
import { type Browser, guest, openWeb, signedIn } from '../support/web.ts';

const addressOf = ({ path }: WalkedRoute) => path.replaceAll(/:\w+/g, newId());

const ask = (browser: Browser, route: WalkedRoute) =>
  route.method === 'get' ? browser.get(addressOf(route)) : browser.post(addressOf(route));

describe('Every route', () => {
  useDatabase();
  const url = 'http://127.0.0.1:9';
  const rehearsal = { x: url, mastodon: url, bluesky: url };
  const web = openWeb(testContext({ rehearsal }), {
    loadDemoWorld: async () => ({ password: 'shown once' }),
  });
  const routes = routesOf(web.app);

  it('says who may use it', () => {
    expect(routes.length).to.be.greaterThan(30);
    const unmarked = routes.filter(({ access }) => !access).map(({ method, path }) => `${method} ${path}`);
    expect(unmarked).to.deep.equal([]);
  });

  it('sends guests to the sign-in unless it is open to anyone', async () => {
    const browser = guest(web);
    const wrong: string[] = [];
    for (const route of routes.filter(({ access }) => access?.for !== 'anyone')) {
      const { status, headers } = await ask(browser, route);
      const isSent = status === 303 && String(headers.location).startsWith('/session/new');
      if (!isSent) wrong.push(`${route.method} ${route.path}: ${status}`);
    }
    expect(wrong).to.deep.equal([]);
  });

  for (const role of ROLES) {
    it(`opens to ${role === 'evaluator' || role === 'administrator' ? 'an' : 'a'} ${role} exactly what the role allows`, async () => {
      const wrong: string[] = [];
      for (const route of routes) {
        if (route.access?.for === 'anyone') continue;
        // A fresh session each time: some of the routes end it.
        const browser = await signedIn(web, await aMember(role));
        const permission = route.access?.for === 'permission' ? route.access.permission : undefined;
        const isAllowed = permission === undefined || mayDo([role], permission);
        const { status } = await ask(browser, route);
        // 502: allowed, but nobody answers at the address of the stand-in.
        const isFault = status >= 500 && status !== 502;
        if ((status !== 403) !== isAllowed || isFault) {
          wrong.push(`${route.method} ${route.path}: ${status}`);
        }
      }
      expect(wrong).to.deep.equal([]);
    }).timeout(60_000);
  }
});
