import { type Request, Router } from 'express';
import { changePassword } from '../../actions/change-password.ts';
import { changePreferences } from '../../actions/change-preferences.ts';
import { chooseExposureCap } from '../../actions/choose-exposure-cap.ts';
import { endSessions } from '../../actions/end-sessions.ts';
import { openVeil } from '../../actions/open-veil.ts';
import type { Context } from '../../context.ts';
import { RuleViolation } from '../../domain/rule-violation.ts';
import { currentZoneName } from '../../domain/time-zone.ts';
import { listSessions } from '../../queries/list-sessions.ts';
import { ownExposure } from '../../queries/own-exposure.ts';
import { exposureCapSchema, veilSchema } from '../forms/exposure.ts';
import { formPage } from '../forms/form-page.ts';
import { passwordSchema, preferencesSchema } from '../forms/members.ts';
import { readForm } from '../forms/read-form.ts';
import { anyMember } from '../middleware/access.ts';
import { startSession } from '../middleware/current-member.ts';
import { storedSessionId } from '../middleware/sessions.ts';
import { unlogged } from '../middleware/unlogged.ts';
import { paths } from '../paths.ts';
import { veilAnswer } from '../presenters/exposure.ts';
import { myPage } from '../presenters/me.ts';
import { currentMember, idOf, notify } from '../request.ts';

/** What everybody may change about themselves. */
export function myRoutes(context: Context): Router {
  const router = Router();
  const page = pageOf(context);
  const preferences = preferencesForm(context, page);
  const password = passwordForm(context, page);
  const exposureCap = exposureCapForm(context, page);
  router.get(paths.settings, anyMember(), (_req, res) => res.redirect(303, paths.me));
  router.get(paths.me, anyMember(), preferences.show);
  router.post(paths.me, anyMember(), preferences.submit);
  router.post(paths.myPassword, anyMember(), password.submit);
  router.post(paths.myExposureCap, anyMember(), unlogged, exposureCap.submit);
  router.post(paths.myExposures, anyMember(), unlogged, async (req, res) => {
    const read = readForm(veilSchema, req.body, req.speak);
    if (!('input' in read)) throw new RuleViolation('veil-unknown', 'No page has such a veil.');
    res.json(veilAnswer(await openVeil(context, currentMember(req), read.input), req.speak));
  });
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
    const [sessions, exposure] = await Promise.all([
      listSessions(member._id, context.clock.now()),
      ownExposure(context, member),
    ]);
    return myPage({ member, sessions, exposure, thisSession: storedSessionId(req.sessionID) }, req.speak);
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

function exposureCapForm(context: Context, page: ReturnType<typeof pageOf>) {
  return formPage({
    schema: exposureCapSchema,
    view: 'settings/me',
    as: 'exposureForm',
    action: () => paths.myExposureCap,
    page,
    act: async (input, req) => {
      await chooseExposureCap(context, currentMember(req), input);
      notify(req, req.speak.t('session.saved'));
      return paths.me;
    },
  });
}
