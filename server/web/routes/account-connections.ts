import { type Request, Router } from 'express';
import { beginConnection } from '../../actions/begin-connection.ts';
import { connectAccount } from '../../actions/connect-account.ts';
import { finishConnection } from '../../actions/finish-connection.ts';
import type { Context } from '../../context.ts';
import { connectionSchema, keysSchema, returnSchema } from '../forms/accounts.ts';
import { formPage } from '../forms/form-page.ts';
import { allowing } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { connectPage, leavingPage, newAccountPage } from '../presenters/accounts.ts';
import { refusalOf } from '../problem.ts';
import { currentMember, notify, publicAddress } from '../request.ts';

/** Connecting an account: with typed-in keys, or by agreeing on the network's own page. */
export function accountConnectionRoutes(context: Context): Router {
  const router = Router();
  const mayConnect = allowing('accounts.connect');
  const keys = keysForm(context);
  const connection = connectionForm(context);

  router.get(paths.newAccount, mayConnect, (req, res) => {
    res.render('accounts/new', newAccountPage(context.rehearsal !== null, req.speak));
  });
  router.get(paths.newAccountKeys, mayConnect, keys.show);
  router.post(paths.accountKeys, mayConnect, keys.submit);
  router.get(paths.newAccountConnection, mayConnect, connection.show);
  router.post(paths.accountConnection, mayConnect, connection.submit);
  // A GET that changes something: the network sends people back this way, with a code of half a minute. It works
  // once, and only for the member who set out.
  router.get(paths.accountConnection, mayConnect, async (req, res) => {
    res.redirect(303, await comeBack(context, req));
  });
  return router;
}

function keysForm(context: Context) {
  return formPage({
    schema: keysSchema,
    view: 'accounts/keys',
    action: () => paths.accountKeys,
    page: (req) => connectPage('keys', '', req.speak),
    initial: (req) => ({ network: 'x', timeZone: currentMember(req).timeZone }),
    act: async ({ network, timeZone, ...credential }, req) => {
      const input = { network, timeZone, credential };
      const { _id, handle } = await connectAccount(context, currentMember(req), input);
      notify(req, req.speak.t('accounts.connected', { handle }));
      return paths.account(_id);
    },
  });
}

function connectionForm(context: Context) {
  return formPage({
    schema: connectionSchema,
    view: 'accounts/connection',
    action: () => paths.accountConnection,
    page: (req) => connectPage('connection', returnAddress(context, req), req.speak),
    initial: (req) => ({ network: 'x', timeZone: currentMember(req).timeZone }),
    act: async (input, req, res) => {
      const begun = { ...input, returnTo: returnAddress(context, req) };
      const address = await beginConnection(context, currentMember(req), begun);
      res.render('accounts/leaving', leavingPage(address, req.speak));
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
