import { Router } from 'express';
import { changePreferences } from '../../actions/change-preferences.ts';
import { signIn } from '../../actions/sign-in.ts';
import type { Context } from '../../context.ts';
import { INTERFACE_LANGUAGES } from '../../domain/member.ts';
import { rememberChoice } from '../cookies.ts';
import { formPage } from '../forms/form-page.ts';
import { sessionSchema } from '../forms/members.ts';
import { localPath } from '../local-path.ts';
import { anyone } from '../middleware/access.ts';
import { endSession, startSession } from '../middleware/current-member.ts';
import { isHttps } from '../middleware/sessions.ts';
import { throttle } from '../middleware/throttle.ts';
import { paths } from '../paths.ts';
import { signInPage } from '../presenters/entrance.ts';
import { APPEARANCES } from '../presenters/frame.ts';

/** Signing in and out, and the two choices one can make before: language and appearance. */
export function sessionRoutes(context: Context): Router {
  const router = Router();
  const form = signInForm(context);
  router.get(paths.newSession, anyone(), (req, res, next) => {
    if (req.member) return res.redirect(303, localPath(req.query.next));
    return form.show(req, res, next);
  });
  router.post(paths.session, anyone(), ...throttle(), form.submit);
  router.post(paths.sessionEnd, anyone(), async (req, res) => {
    await endSession(req);
    res.redirect(303, `${paths.newSession}?left`);
  });
  router.post(paths.language, anyone(), async (req, res) => {
    const language = INTERFACE_LANGUAGES.find((one) => one === req.body?.language);
    if (language && req.member) await changePreferences(context, req.member, { language });
    if (language) rememberChoice(res, 'language', language, isHttps(context.config));
    res.redirect(303, localPath(req.body?.next));
  });
  router.post(paths.appearance, anyone(), (req, res) => {
    const appearance = APPEARANCES.find((one) => one === req.body?.appearance);
    if (appearance) rememberChoice(res, 'appearance', appearance, isHttps(context.config));
    res.redirect(303, localPath(req.body?.next));
  });
  return router;
}

function signInForm(context: Context) {
  return formPage({
    schema: sessionSchema,
    view: 'session/new',
    layout: 'plain',
    action: () => paths.session,
    page: (req) => signInPage(req.method === 'GET' ? req.query : req.body, req.speak),
    act: async ({ next, ...input }, req) => {
      const member = await signIn(context, input);
      await startSession(req, member._id, context.clock.now());
      return localPath(next);
    },
  });
}
