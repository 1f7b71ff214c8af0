import { type Request, Router } from 'express';
import { changePassword } from '../../actions/change-password.ts';
import { changePreferences } from '../../actions/change-preferences.ts';
import { endSessions } from '../../actions/end-sessions.ts';
import type { Context } from '../../context.ts';
import { currentZoneName } from '../../domain/time-zone.ts';
import { listSessions } from '../../queries/list-sessions.ts';
import { formPage } from '../forms/form-page.ts';
import { passwordSchema, preferencesSchema } from '../forms/members.ts';
import { anyMember } from '../middleware/access.ts';
import { startSession } from '../middleware/current-member.ts';
import { storedSessionId } from '../middleware/sessions.ts';
import { paths } from '../paths.ts';
import { myPage } from '../presenters/me.ts';
import { currentMember, idOf, notify } from '../request.ts';

/** What everybody may change about themselves. */
export function myRoutes(context: Context): Router {
  const router = Router();
  const page = pageOf(context);
  const preferences = preferencesForm(context, page);
  const password = passwordForm(context, page);
  router.get(paths.settings, anyMember(), (_req, res) => res.redirect(303, paths.me));
  router.get(paths.me, anyMember(), preferences.show);
  router.post(paths.me, anyMember(), preferences.submit);
  router.post(paths.myPassword, anyMember(), password.submit);
  router.post(paths.mySessions, anyMember(), async (req, res) => {
    await endSessions(context, currentMember(req), { allBut: storedSessionId(req.sessionID) });
    notify(req, req.speak.t('session.others-ended'));
    res.redirect(303, paths.me);
  });
  router.post(paths.mySession(':id'), anyMember(), async (req, res) => {
    await endSessions(context, currentMember(req), { only: idOf(req) });
    notify(req, req.speak.t('session.one-ended'));
    res.redirect(303, paths.me);
  });
  return router;
}

function pageOf(context: Context) {
  return async (req: Request) => {
    const member = currentMember(req);
    const sessions = await listSessions(member._id, context.clock.now());
    return myPage({ member, sessions, thisSession: storedSessionId(req.sessionID) }, req.speak);
  };
}

function preferencesForm(context: Context, page: ReturnType<typeof pageOf>) {
  return formPage({
    schema: preferencesSchema,
    view: 'settings/me',
    action: () => paths.me,
    page,
    initial: (req) => {
      const member = currentMember(req);
      return { ...member, timeZone: currentZoneName(member.timeZone) };
    },
    act: async (input, req) => {
      await changePreferences(context, currentMember(req), input);
      notify(req, req.speak.t('session.saved'));
      return paths.me;
    },
  });
}

/** A new password signs one out everywhere else and renews the session one is in. */
function passwordForm(context: Context, page: ReturnType<typeof pageOf>) {
  return formPage({
    schema: passwordSchema,
    view: 'settings/me',
    as: 'passwordForm',
    action: () => paths.myPassword,
    page,
    act: async (input, req) => {
      const member = currentMember(req);
      await changePassword(context, member, input);
      await startSession(req, member._id, context.clock.now());
      await endSessions(context, member, { allBut: storedSessionId(req.sessionID) });
      notify(req, req.speak.t('session.password-changed'));
      return paths.me;
    },
  });
}
