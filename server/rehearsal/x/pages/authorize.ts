import { z } from 'zod';
import { isLoopbackHost } from '../../guard.ts';
import type { PageCall } from '../../pages/page-call.ts';
import { ALL_SCOPES } from '../grants.ts';
import type { XWorld } from '../world.ts';

const permissions: Record<string, string> = {
  'tweet.read': 'See posts',
  'tweet.write': 'Publish and delete posts',
  'users.read': 'See the profile',
  'media.write': 'Upload pictures and films',
  'offline.access': 'Stay connected until you disconnect it',
};

/** The client writes the method in small letters, RFC 7636 in capitals. */
const challengeMethod = z.preprocess(
  (method) => (String(method ?? 'plain').toLowerCase() === 's256' ? 'S256' : method),
  z.enum(['S256', 'plain']).default('plain'),
);

const authorizationForm = z.object({
  response_type: z.literal('code'),
  client_id: z.string(),
  redirect_uri: z.url(),
  state: z.string().min(1).max(500),
  code_challenge: z.string().min(1),
  code_challenge_method: challengeMethod,
  scope: z.string().transform((scope) => scope.split(/\s+/).filter(Boolean)),
});

const decisionForm = z.object({ user_id: z.string(), decision: z.enum(['allow', 'deny']) });

/** GET /i/oauth2/authorize: asks the person whether the app may use an account. */
export function askToAllow(world: XWorld, call: PageCall): void {
  const { request, render } = call;
  const asked = readAsked(world, request.query);
  if (typeof asked === 'string') {
    refuse(call, asked);
    return;
  }
  const { origin } = new URL(asked.redirect_uri);
  const model = {
    permissions: asked.scope.map((scope) => permissions[scope]),
    accounts: world.registry.accounts(),
    returnsTo: origin,
    hidden: Object.keys(authorizationForm.shape).map((name) => ({ name, value: request.query[name] })),
  };
  // Browsers hold the redirect that follows a form to the form's own policy.
  render('authorize', { title: 'Authorize an app', formTarget: origin }, model);
}

/** POST /i/oauth2/authorize: sends the person back to the app with a code, or with their refusal. */
export function allow(world: XWorld, call: PageCall): void {
  const { request, response } = call;
  const asked = readAsked(world, request.body);
  const decision = decisionForm.safeParse(request.body);
  if (typeof asked === 'string' || !decision.success) {
    refuse(call, 'Something is missing in this request.');
    return;
  }
  const back = new URL(asked.redirect_uri);
  back.searchParams.set('state', asked.state);
  const account = world.registry.account(decision.data.user_id);
  if (decision.data.decision === 'deny' || !account) back.searchParams.set('error', 'access_denied');
  else back.searchParams.set('code', giveCode(world, account.userId, asked));
  response.redirect(303, back.href);
}

type Asked = z.output<typeof authorizationForm>;

/** What the app asks for, or a sentence that says why it may not. */
function readAsked(world: XWorld, input: unknown): Asked | string {
  const parsed = authorizationForm.safeParse(input);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { client_id, redirect_uri, scope } = parsed.data;
  if (client_id !== world.registry.app?.clientId) return 'The network does not know this app.';
  if (!mayReturnTo(world, new URL(redirect_uri))) return 'The app may not send people to this address.';
  if (scope.length === 0 || !scope.every((name) => ALL_SCOPES.includes(name)))
    return 'The app asks for unknown permissions.';
  return parsed.data;
}

function mayReturnTo({ appUrl }: XWorld, target: URL): boolean {
  if (!['http:', 'https:'].includes(target.protocol)) return false;
  return isLoopbackHost(target.host) || (appUrl !== undefined && target.origin === new URL(appUrl).origin);
}

function giveCode(world: XWorld, userId: string, asked: Asked): string {
  return world.codes.give(
    {
      userId,
      scopes: asked.scope,
      redirectUri: asked.redirect_uri,
      codeChallenge: asked.code_challenge,
      challengeMethod: asked.code_challenge_method,
    },
    world.clock.now(),
  );
}

function refuse({ scene, response, render }: PageCall, text: string): void {
  response.status(400);
  const model = { title: 'The app could not be connected', text, timelineHref: scene.path };
  render('message', { title: 'Not possible' }, model);
}
