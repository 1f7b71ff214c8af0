import { z } from 'zod';
import type { AuthorizationCodes } from '../authorization-codes.ts';
import { isLoopbackHost } from '../guard.ts';
import { type PageCall, sayNotPossible } from './page-call.ts';

/** What the page on which a person lets an app use an account needs to know of its network (RFC 6749, 7636). */
export interface Agreeing {
  /** Where the page's form is posted to: its own address. */
  action: string;
  /** The permissions that an app may ask for, in words. */
  permissions: Readonly<Record<string, string>>;
  accounts(): readonly { userId: string; username: string; name: string }[];
  /** Whether the network knows this app, and may send people back to this address of its. */
  knowsApp(clientId: string, redirectUri: string): boolean;
  codes: AuthorizationCodes;
  /** Where the software under rehearsal lives, if not on this machine's own names. */
  appUrl: string | undefined;
  now: () => number;
}

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

/** GET: asks the person whether the app may use an account. */
export function askToAllow(agreeing: Agreeing, call: PageCall): void {
  const { request, render } = call;
  const asked = readAsked(agreeing, request.query);
  if (typeof asked === 'string') {
    refuse(call, asked);
    return;
  }
  const { origin } = new URL(asked.redirect_uri);
  const model = {
    action: agreeing.action,
    permissions: asked.scope.map((scope) => agreeing.permissions[scope]),
    accounts: agreeing.accounts(),
    returnsTo: origin,
    hidden: Object.keys(authorizationForm.shape).map((name) => ({ name, value: request.query[name] })),
  };
  // Browsers hold the redirect that follows a form to the form's own policy.
  render('authorize', { title: 'Authorize an app', formTarget: origin }, model);
}

/** POST: sends the person back to the app with a code, or with their refusal. */
export function allow(agreeing: Agreeing, call: PageCall): void {
  const { request, response } = call;
  const asked = readAsked(agreeing, request.body);
  const decision = decisionForm.safeParse(request.body);
  if (typeof asked === 'string' || !decision.success) {
    refuse(call, 'Something is missing in this request.');
    return;
  }
  const back = new URL(asked.redirect_uri);
  back.searchParams.set('state', asked.state);
  const account = agreeing.accounts().find(({ userId }) => userId === decision.data.user_id);
  if (decision.data.decision === 'deny' || !account) back.searchParams.set('error', 'access_denied');
  else back.searchParams.set('code', giveCode(agreeing, account.userId, asked));
  response.redirect(303, back.href);
}

type Asked = z.output<typeof authorizationForm>;

/** What the app asks for, or a sentence that says why it may not. */
function readAsked(agreeing: Agreeing, input: unknown): Asked | string {
  const parsed = authorizationForm.safeParse(input);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { client_id, redirect_uri, scope } = parsed.data;
  if (!agreeing.knowsApp(client_id, redirect_uri)) return 'The network does not know this app.';
  if (!mayReturnTo(agreeing, new URL(redirect_uri))) return 'The app may not send people to this address.';
  if (scope.length === 0 || !scope.every((name) => Object.hasOwn(agreeing.permissions, name)))
    return 'The app asks for unknown permissions.';
  return parsed.data;
}

function mayReturnTo({ appUrl }: Agreeing, target: URL): boolean {
  if (!['http:', 'https:'].includes(target.protocol)) return false;
  return isLoopbackHost(target.host) || (appUrl !== undefined && target.origin === new URL(appUrl).origin);
}

function giveCode({ codes, now }: Agreeing, userId: string, asked: Asked): string {
  return codes.give(
    {
      userId,
      scopes: asked.scope,
      redirectUri: asked.redirect_uri,
      codeChallenge: asked.code_challenge,
      challengeMethod: asked.code_challenge_method,
    },
    now(),
  );
}

function refuse(call: PageCall, text: string): void {
  sayNotPossible(call, { title: 'The app could not be connected', text });
}
