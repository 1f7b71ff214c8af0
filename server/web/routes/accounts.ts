import { type Request, Router } from 'express';
import { checkDisclosure } from '../../actions/check-disclosure.ts';
import { connectRehearsalAccount } from '../../actions/connect-rehearsal-account.ts';
import { disconnectAccount } from '../../actions/disconnect-account.ts';
import { enableAccount } from '../../actions/enable-account.ts';
import { pauseAccount } from '../../actions/pause-account.ts';
import { setAccountPace } from '../../actions/set-account-pace.ts';
import { testAccount } from '../../actions/test-account.ts';
import type { Context } from '../../context.ts';
import { currentZoneName } from '../../domain/time-zone.ts';
import { listAccounts, readAccount } from '../../queries/list-accounts.ts';
import { monthCost } from '../../queries/month-cost.ts';
import { disclosureSchema, paceSchema, pauseSchema, rehearsalSchema } from '../forms/accounts.ts';
import { formPage } from '../forms/form-page.ts';
import { blankForm } from '../forms/form-view.ts';
import { readForm } from '../forms/read-form.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { accountPage, accountsPage } from '../presenters/accounts.ts';
import { currentMember, idOf, notify } from '../request.ts';

/** The accounts the organisation owns: their health, disclosure and pace. Connecting has routes of its own. */
export function accountRoutes(context: Context): Router {
  const router = Router();
  const mayConnect = allowing('accounts.connect');
  const mayPace = allowing('accounts.pace');

  router.get(paths.accounts, anyMember(), async (req, res) => {
    const now = context.clock.now();
    const [accounts, cost] = await Promise.all([listAccounts(), monthCost(context, now)]);
    res.render(
      'accounts/index',
      accountsPage(accounts, { reader: currentMember(req), now, cost }, req.speak),
    );
  });
  router.post(paths.accountRehearsal, mayConnect, async (req, res) => {
    const asked = readForm(rehearsalSchema, req.body, req.speak);
    const input = 'input' in asked ? asked.input : {};
    const { _id, handle } = await connectRehearsalAccount(context, currentMember(req), input);
    notify(req, req.speak.t('accounts.connected', { handle }));
    res.redirect(303, paths.account(_id));
  });
  router.get(paths.account(':id'), anyMember(), async (req, res) => {
    res.render('accounts/show', await wholePage(context, req));
  });
  router.post(paths.accountDisclosure(':id'), mayConnect, disclosureForm(context).submit);
  router.post(paths.accountPace(':id'), mayPace, paceForm(context).submit);
  router.post(paths.accountPause(':id'), mayPace, pauseForm(context).submit);
  router.post(paths.accountEnablement(':id'), mayConnect, async (req, res) => {
    const { handle } = await enableAccount(context, currentMember(req), { account: idOf(req) });
    notify(req, req.speak.t('accounts.enabled', { handle }));
    res.redirect(303, paths.account(idOf(req)));
  });
  router.post(paths.accountTest(':id'), mayPace, async (req, res) => {
    const { testProblem } = await testAccount(context, currentMember(req), { account: idOf(req) });
    if (testProblem) notify(req, req.speak.t('accounts.test-went-wrong'), 'warning');
    else notify(req, req.speak.t('accounts.test-went-well'));
    res.redirect(303, paths.account(idOf(req)));
  });
  router.post(paths.accountDisconnection(':id'), mayConnect, async (req, res) => {
    const { handle } = await disconnectAccount(context, currentMember(req), { account: idOf(req) });
    notify(req, req.speak.t('accounts.disconnected', { handle }));
    res.redirect(303, paths.account(idOf(req)));
  });
  return router;
}

/** The page with its forms; a form that is shown again takes the place of its blank one. */
async function wholePage(context: Context, req: Request) {
  const read = await readAccount(idOf(req));
  const { _id: id, disclosure, gapMinutes, quietFromHour, quietToHour, version } = read.account;
  const timeZone = currentZoneName(read.account.timeZone);
  const { operatorInProfile, automatedLabel, ownerNamed } = disclosure;
  return {
    ...accountPage(read, { reader: currentMember(req), now: context.clock.now() }, req.speak),
    disclosureForm: blankForm(paths.accountDisclosure(id), { operatorInProfile, automatedLabel, ownerNamed }),
    paceForm: blankForm(paths.accountPace(id), { version, timeZone, gapMinutes, quietFromHour, quietToHour }),
    pauseForm: blankForm(paths.accountPause(id)),
  };
}

function disclosureForm(context: Context) {
  return formPage({
    schema: disclosureSchema,
    view: 'accounts/show',
    as: 'disclosureForm',
    action: (req) => paths.accountDisclosure(idOf(req)),
    page: (req) => wholePage(context, req),
    act: async (input, req) => {
      await checkDisclosure(context, currentMember(req), { account: idOf(req), ...input });
      notify(req, req.speak.t('accounts.disclosure-saved'));
      return paths.account(idOf(req));
    },
  });
}

function paceForm(context: Context) {
  return formPage({
    schema: paceSchema,
    view: 'accounts/show',
    as: 'paceForm',
    action: (req) => paths.accountPace(idOf(req)),
    page: (req) => wholePage(context, req),
    act: async (input, req) => {
      await setAccountPace(context, currentMember(req), { account: idOf(req), ...input });
      notify(req, req.speak.t('accounts.pace-saved'));
      return paths.account(idOf(req));
    },
  });
}

function pauseForm(context: Context) {
  return formPage({
    schema: pauseSchema,
    view: 'accounts/show',
    as: 'pauseForm',
    action: (req) => paths.accountPause(idOf(req)),
    page: (req) => wholePage(context, req),
    act: async ({ reason }, req) => {
      const { handle } = await pauseAccount(context, currentMember(req), { account: idOf(req), reason });
      notify(req, req.speak.t('accounts.paused', { handle }));
      return paths.account(idOf(req));
    },
  });
}
