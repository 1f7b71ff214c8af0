import { type Request, Router } from 'express';
import { changeRoles } from '../../actions/change-roles.ts';
import { disableMember } from '../../actions/disable-member.ts';
import { enableMember } from '../../actions/enable-member.ts';
import { inviteMember } from '../../actions/invite-member.ts';
import { makePasswordLink } from '../../actions/make-password-link.ts';
import { withdrawInvitation } from '../../actions/withdraw-invitation.ts';
import type { Context } from '../../context.ts';
import { listMembers, readMember } from '../../queries/list-members.ts';
import { formPage } from '../forms/form-page.ts';
import { invitationSchema, rolesSchema } from '../forms/members.ts';
import { allowing } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import {
  invitedPage,
  memberPage,
  membersPage,
  newMemberPage,
  passwordLinkPage,
} from '../presenters/members.ts';
import { currentMember, idOf, notify, publicAddress } from '../request.ts';

/** Who works here: invite, give roles, disable. */
export function memberRoutes(context: Context): Router {
  const router = Router();
  const allowed = allowing('members.manage');
  const invitation = invitationForm(context);
  const roles = rolesForm(context);

  router.get(paths.members, allowed, async (req, res) => {
    const listed = await listMembers(context.clock.now());
    res.render('members/index', membersPage(listed, currentMember(req), req.speak));
  });
  router.get(paths.newMember, allowed, invitation.show);
  router.post(paths.members, allowed, invitation.submit);
  router.post(paths.invitationEnd(':id'), allowed, async (req, res) => {
    await withdrawInvitation(context, currentMember(req), { invitation: idOf(req) });
    notify(req, req.speak.t('members.invitation-withdrawn'));
    res.redirect(303, paths.members);
  });
  router.get(paths.member(':id'), allowed, roles.show);
  router.post(paths.memberRoles(':id'), allowed, roles.submit);
  router.post(paths.memberPasswordLink(':id'), allowed, async (req, res) => {
    const { token, ...made } = await makePasswordLink(context, currentMember(req), { member: idOf(req) });
    const link = publicAddress(req, context.config, paths.password(token));
    // Not a redirect: the link must not be stored anywhere, not even in the session.
    res.status(201).render('members/invited', passwordLinkPage({ ...made, link }, req.speak));
  });
  router.post(paths.memberAbsence(':id'), allowed, async (req, res) => {
    await disableMember(context, currentMember(req), { member: idOf(req) });
    await sayOf(req, 'members.disabled');
    res.redirect(303, paths.members);
  });
  router.post(paths.memberReturn(':id'), allowed, async (req, res) => {
    await enableMember(context, currentMember(req), { member: idOf(req) });
    await sayOf(req, 'members.enabled');
    res.redirect(303, paths.members);
  });
  return router;
}

function invitationForm(context: Context) {
  return formPage({
    schema: invitationSchema,
    view: 'members/new',
    action: () => paths.members,
    page: (req) => newMemberPage(req.speak),
    act: async (input, req, res) => {
      const { token, expiresAt } = await inviteMember(context, currentMember(req), input);
      const link = publicAddress(req, context.config, paths.invitation(token));
      // Not a redirect: the link must not be stored anywhere, not even in the session.
      res
        .status(201)
        .render('members/invited', invitedPage({ name: input.name, link, expiresAt }, req.speak));
      return undefined;
    },
  });
}

function rolesForm(context: Context) {
  return formPage({
    schema: rolesSchema,
    view: 'members/show',
    action: (req) => paths.memberRoles(idOf(req)),
    page: async (req) => memberPage(await readMember(idOf(req)), req.speak),
    initial: async (req) => ({ roles: (await readMember(idOf(req))).roles }),
    act: async (input, req) => {
      await changeRoles(context, currentMember(req), { member: idOf(req), roles: input.roles });
      const roles = req.speak.list(input.roles.map((role) => req.speak.label('role', role)));
      await sayOf(req, 'members.roles-changed', { roles });
      return paths.members;
    },
  });
}

async function sayOf(req: Request, key: string, values: Record<string, string> = {}): Promise<void> {
  const { name } = await readMember(idOf(req));
  notify(req, req.speak.t(key, { name, ...values }));
}
