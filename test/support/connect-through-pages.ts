import type { Network } from '../../server/domain/network.ts';
import type { Rehearsal } from '../../server/rehearsal/start.ts';
import { fillIn, type Visitor } from './over-http.ts';

/** Connects one account in every way there is, on every network; returns the addresses of their pages. */
export async function connectInEveryWay(
  administrator: Visitor,
  { x, mastodon, bluesky }: Rehearsal,
): Promise<string[]> {
  const [typed, agreed] = ['typed_keys', 'agreed_there'].map((username) => ({ username, name: 'Canary' }));
  if (!typed || !agreed) throw new Error('there are two names');
  const onX = await x.registerAccount(typed);
  const onMastodon = await mastodon.registerAccount(typed);
  // Its clock is behind, so that the session has nearly run out when the house gets it.
  bluesky.setClock(new Date(Date.now() - 118 * 60_000));
  const onBluesky = await bluesky.registerAccount({ ...typed, username: 'typed-keys' });
  const agreedX = (await x.registerAccount(agreed)).userId;
  const agreedMastodon = (await mastodon.registerAccount(agreed)).userId;
  const { clientId, clientSecret } = x.app();
  const { handle: identifier, appPassword: password } = onBluesky;
  const instance = 'social.rehearsal.example';
  const pages = [
    await connect(administrator, ['keys', 'x'], { ...onX.oauth1 }),
    await connect(administrator, ['keys', 'mastodon'], onMastodon.credential),
    await connect(administrator, ['password', 'bluesky'], { identifier, password, instance: 'bsky.social' }),
    await agree(administrator, { network: 'x', userId: agreedX, fields: { clientId, clientSecret } }),
    await agree(administrator, { network: 'mastodon', userId: agreedMastodon, fields: { instance } }),
  ];
  bluesky.setClock(null);
  return pages;
}

/** The person looks at the profile, says what it discloses, and lets the account publish. */
export async function enable(administrator: Visitor, page: string): Promise<void> {
  const ticks = { operatorInProfile: 'true', automatedLabel: 'true', ownerNamed: 'true' };
  await expectLeading(fillIn(administrator, { page, action: `${page}/disclosure`, fields: ticks }));
  await expectLeading(fillIn(administrator, { page, action: `${page}/enablement`, fields: {} }));
  await expectLeading(fillIn(administrator, { page, action: `${page}/test`, fields: {} }));
}

function connect(administrator: Visitor, [way, network]: [string, Network], fields: Record<string, string>) {
  const action = `/accounts/${way}/${network}`;
  return expectLeading(
    fillIn(administrator, { page: `${action}/new`, action, fields: { timeZone: 'UTC', ...fields } }),
  );
}

interface Agreement {
  network: Network;
  userId: string;
  fields: Record<string, string>;
}

/** Leaves for the network's page, agrees there as this account, and comes back. */
async function agree(administrator: Visitor, { network, userId, fields }: Agreement): Promise<string> {
  const action = `/accounts/connection/${network}`;
  const { text } = await fillIn(administrator, {
    page: `${action}/new`,
    action,
    fields: { timeZone: 'UTC', ...fields },
  });
  const href = /rel="noreferrer" href="([^"]+)"/.exec(text)?.[1] ?? '';
  const address = new URL(href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
  const body = new URLSearchParams(address.search);
  body.set('user_id', userId);
  body.set('decision', 'allow');
  const agreed = await fetch(new URL(address.pathname, address), {
    method: 'POST',
    body,
    redirect: 'manual',
  });
  const back = new URL(agreed.headers.get('location') ?? '');
  return expectLeading(administrator.get(`${back.pathname}${back.search}`));
}

/** Where an accepted form leads. Throws when it was not accepted. */
async function expectLeading(
  answered: PromiseLike<{ status: number; text: string; headers: Record<string, string> }>,
): Promise<string> {
  const { status, text, headers } = await answered;
  if (status !== 303) throw new Error(`The form was answered with ${status}: ${text}`);
  return headers.location ?? '';
}
