import { type RequestHandler, Router } from 'express';
import { acceptInvitation } from '../../actions/accept-invitation.ts';
import { renewPassword } from '../../actions/renew-password.ts';
import { setUpOrganisation } from '../../actions/set-up-organisation.ts';
import type { Context } from '../../context.ts';
import { findOrganisation } from '../../queries/find-organisation.ts';
import { listMembers } from '../../queries/list-members.ts';
import { openLink } from '../../queries/open-link.ts';
import { formPage } from '../forms/form-page.ts';
import { acceptanceSchema, newPasswordSchema, setupSchema } from '../forms/members.ts';
import { anyone } from '../middleware/access.ts';
import { startSession } from '../middleware/current-member.ts';
import { throttleAddress } from '../middleware/throttle.ts';
import { paths } from '../paths.ts';
import { machineZone } from '../presenters/choices.ts';
import {
  acceptancePage,
  colleaguesPage,
  goneLinkPage,
  newPasswordPage,
  setupPage,
} from '../presenters/entrance.ts';
import { idOf } from '../request.ts';

type LinkKind = Parameters<typeof openLink>[0];

export interface SetupOptions {
  /** Builds the demo world and gives the password of its fictional staff. */
  loadDemoWorld?(): Promise<{ password: string }>;
}

/** The ways in that need no password yet: the very first link, an invitation, and the link of who forgot it. */
export function setupRoutes(context: Context, options: SetupOptions): Router {
  const router = Router();
  const setup = setupForm(context, options);
  const invitation = acceptanceForm(context);
  const password = newPasswordForm(context);
  const slowly = throttleAddress();
  const usable = (kind: LinkKind) => [slowly, usableLink(context, kind)];
  router.get(paths.setup(':token'), anyone(), usable('setup'), setup.show);
  router.post(paths.setup(':token'), anyone(), usable('setup'), setup.submit);
  router.get(paths.invitation(':token'), anyone(), usable('invitation'), invitation.show);
  router.post(paths.invitation(':token'), anyone(), usable('invitation'), invitation.submit);
  router.get(paths.password(':token'), anyone(), usable('password'), password.show);
  router.post(paths.password(':token'), anyone(), usable('password'), password.submit);
  return router;
}

/** A link that is used or over leads to a page that says so, and counts as a failed attempt. */
function usableLink(context: Context, kind: LinkKind): RequestHandler {
  return async (req, res, next) => {
    if (await openLink(kind, idOf(req, 'token'), context.clock.now())) return next();
    return res.status(410).render('setup/gone', { ...goneLinkPage(req.speak), layout: 'plain' });
  };
}

function setupForm(context: Context, { loadDemoWorld }: SetupOptions) {
  return formPage({
    schema: setupSchema,
    view: 'setup/show',
    layout: 'plain',
    action: (req) => paths.setup(idOf(req, 'token')),
    page: (req) => setupPage({ hasDemo: loadDemoWorld !== undefined }, req.speak),
    initial: (req) => ({ language: req.speak.language, timeZone: machineZone(), loadsDemo: true }),
    act: async ({ loadsDemo, ...input }, req, res) => {
      const member = await setUpOrganisation(context, { ...input, token: idOf(req, 'token') });
      await startSession(req, member._id, context.clock.now());
      if (!loadsDemo || !loadDemoWorld) return paths.today;
      const { password } = await loadDemoWorld();
      const { members } = await listMembers(context.clock.now());
      const colleagues = members.filter(({ isDemo }) => isDemo);
      // Not a redirect: the password of the fictional staff is shown once and kept nowhere.
      res.status(201).render('setup/colleagues', colleaguesPage({ colleagues, password }, req.speak));
      return undefined;
    },
  });
}

function acceptanceForm(context: Context) {
  return formPage({
    schema: acceptanceSchema,
    view: 'session/accept',
    layout: 'plain',
    action: (req) => paths.invitation(idOf(req, 'token')),
    page: async (req) => {
      const [invitation, organisation] = await Promise.all([
        openLink('invitation', idOf(req, 'token'), context.clock.now()),
        findOrganisation(),
      ]);
      const { name = '', roles = [] } = invitation ?? {};
      return acceptancePage({ name, roles, organisation: organisation.name }, req.speak);
    },
    initial: (req) => ({ language: req.speak.language, timeZone: machineZone() }),
    act: async (input, req) => {
      const member = await acceptInvitation(context, { ...input, token: idOf(req, 'token') });
      await startSession(req, member._id, context.clock.now());
      return paths.today;
    },
  });
}

/** Leads to the sign-in and not into the house: a link alone never replaces the sign-in. */
function newPasswordForm(context: Context) {
  return formPage({
    schema: newPasswordSchema,
    view: 'session/password',
    layout: 'plain',
    action: (req) => paths.password(idOf(req, 'token')),
    page: async (req) => {
      const link = await openLink('password', idOf(req, 'token'), context.clock.now());
      return newPasswordPage({ name: link?.name ?? '' }, req.speak);
    },
    act: async ({ password }, req) => {
      await renewPassword(context, { token: idOf(req, 'token'), password });
      return `${paths.newSession}?renewed`;
    },
  });
}
