import { type Request, Router } from 'express';
import { beginConnection } from '../../actions/begin-connection.ts';
import { connectAccount } from '../../actions/connect-account.ts';
import { connectWithPassword } from '../../actions/connect-with-password.ts';
import { finishConnection } from '../../actions/finish-connection.ts';
import type { Context } from '../../context.ts';
import { NETWORKS, type Network } from '../../domain/network.ts';
import { currentZoneName } from '../../domain/time-zone.ts';
import { findOrganisation } from '../../queries/find-organisation.ts';
import { returnSchema } from '../forms/accounts.ts';
import { formPage } from '../forms/form-page.ts';
import { type Way, waySchema, waysOf } from '../forms/ways-to-connect.ts';
import { allowing } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { connectPage, leavingPage, newAccountPage } from '../presenters/connecting.ts';
import { refusalOf } from '../problem.ts';
import { currentMember, notify, publicAddress } from '../request.ts';

/** Connecting an account: with typed-in keys, or by agreeing on the network's own page. */
export function accountConnectionRoutes(context: Context): Router {
  const router = Router();
  const mayConnect = allowing('accounts.connect');
  const networks = NETWORKS.filter((network) => context.platforms[network]);

  router.get(paths.newAccount, mayConnect, (req, res) => {
    const isRehearsal = context.rehearsal !== null;
    res.render('accounts/new', newAccountPage({ networks, isRehearsal }, req.speak));
  });
  for (const { way, network } of waysOf(networks)) {
    const form = formOf(context, way, network);
    router.get(paths.newAccountWay(way, network), mayConnect, form.show);
    router.post(paths.accountWay(way, network), mayConnect, form.submit);
  }
  // A GET that changes something: the network sends people back this way, with a code of half a minute. It works
  // once, and only for the member who set out.
  router.get(paths.accountConnection, mayConnect, async (req, res) => {
    res.redirect(303, await comeBack(context, req));
  });
  return router;
}

function formOf(context: Context, way: Way, network: Network) {
  if (way === 'connection') return connectionForm(context, network);
  return way === 'password' ? passwordForm(context, network) : keysForm(context, network);
}

/** What the forms have in common. */
function wayForm(context: Context, way: Way, network: Network) {
  return {
    schema: waySchema(way, network),
    view: 'accounts/connect',
    action: () => paths.accountWay(way, network),
    page: async (req: Request) => {
      const { instances } = await findOrganisation();
      const isRehearsal = context.rehearsal !== null;
      const facts = { callback: returnAddress(context, req), isRehearsal, instances };
      return connectPage(way, network, facts, req.speak);
    },
    initial: (req: Request) => ({ timeZone: currentZoneName(currentMember(req).timeZone) }),
  };
}

function keysForm(context: Context, network: Network) {
  return formPage({
    ...wayForm(context, 'keys', network),
    act: async ({ timeZone, given }, req) => {
      const input = { network, timeZone, credential: given };
      const { _id, handle } = await connectAccount(context, currentMember(req), input);
      notify(req, req.speak.t('accounts.connected', { handle }));
      return paths.account(_id);
    },
  });
}

function passwordForm(context: Context, network: Network) {
  return formPage({
    ...wayForm(context, 'password', network),
    initial: (req: Request) => ({
      timeZone: currentZoneName(currentMember(req).timeZone),
      instance: 'bsky.social',
    }),
    act: async ({ timeZone, given }, req) => {
      const { instance = '', identifier = '', password = '' } = given;
      const input = { network, timeZone, instance, identifier, password };
      const { _id, handle } = await connectWithPassword(context, currentMember(req), input);
      notify(req, req.speak.t('accounts.connected', { handle }));
      return paths.account(_id);
    },
  });
}

function connectionForm(context: Context, network: Network) {
  return formPage({
    ...wayForm(context, 'connection', network),
    act: async ({ timeZone, given }, req, res) => {
      const { clientId = '', clientSecret = '', instance = '' } = given;
      const returnTo = returnAddress(context, req);
      const begun = { network, timeZone, returnTo, clientId, clientSecret, instance };
      const address = await beginConnection(context, currentMember(req), begun);
      res.render('accounts/leaving', leavingPage(network, address, req.speak));
      return undefined;
    },
  });
}

const returnAddress = ({ config }: Context, req: Request) =>
  publicAddress(req, config, paths.accountConnection);

async function comeBack(context: Context, req: Request): Promise<string> {
  const answer = returnSchema.safeParse(req.query).data;
  if (!answer) {
    notify(req, req.speak.t('accounts.not-agreed'), 'warning');
    return paths.newAccount;
  }
  try {
    const { _id, handle } = await finishConnection(context, currentMember(req), answer);
    notify(req, req.speak.t('accounts.connected', { handle }));
    return paths.account(_id);
  } catch (error) {
    const refusal = refusalOf(error, req.speak);
    if (!refusal) throw error;
    notify(req, refusal.text, 'warning');
    return paths.newAccount;
  }
}
