import type { Member } from '../../domain/member.ts';
import { ROLES, type Role } from '../../domain/roles.ts';
import { isLoopback } from '../../public-url.ts';
import type { OpenInvitation } from '../../queries/list-members.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { settingsTabs } from './settings.ts';

const rolesInWords = (roles: readonly Role[], speak: Speak) =>
  speak.list(roles.map((role) => speak.label('role', role)));

const roleOptions = (speak: Speak) =>
  ROLES.map((role) => ({
    value: role,
    label: speak.label('role', role),
    hint: speak.label('role-does', role),
  }));

/** The list of members with the open invitations under it. */
export function membersPage(
  { members, invitations }: { members: Member[]; invitations: OpenInvitation[] },
  reader: Member,
  speak: Speak,
) {
  return {
    title: speak.t('members.title'),
    tabs: settingsTabs(reader, 'members', speak),
    newPath: paths.newMember,
    members: members.map((member) => ({
      name: member.name,
      email: member.email,
      roles: rolesInWords(member.roles, speak),
      path: paths.member(member._id),
      isActive: member.disabledAt === null,
      state: member.disabledAt
        ? speak.t('members.disabled-since', { at: speak.dateTime(member.disabledAt) })
        : speak.t('members.active'),
    })),
    invitations: invitations.map(({ _id, name, email, roles, expiresAt }) => ({
      name,
      email: email ?? '',
      roles: rolesInWords(roles, speak),
      expires: speak.dateTime(expiresAt),
      endPath: paths.invitationEnd(_id),
    })),
  };
}

export function newMemberPage(speak: Speak) {
  return {
    title: speak.t('members.new-title'),
    roleOptions: roleOptions(speak),
    membersPath: paths.members,
  };
}

/** Shown once, right after inviting: the link is in no other place. */
export function invitedPage(invited: { name: string; link: string; expiresAt: Date }, speak: Speak) {
  const { name, link, expiresAt } = invited;
  return {
    title: speak.t('members.invited-title', { name }),
    lead: speak.t('members.invited-lead', { until: speak.dateTime(expiresAt) }),
    link,
    isLocal: isLoopback(new URL(link).hostname),
    membersPath: paths.members,
  };
}

/** Shown once, right after it was made: the link with which a member chooses a new password. */
export function passwordLinkPage(made: { name: string; link: string; expiresAt: Date }, speak: Speak) {
  return {
    ...invitedPage(made, speak),
    title: speak.t('members.password-link-title', { name: made.name }),
  };
}

export function memberPage(member: Member, speak: Speak) {
  const { _id, name, email, disabledAt } = member;
  return {
    title: name,
    email,
    isActive: disabledAt === null,
    disableLabel: speak.t('members.disable', { name }),
    enableLabel: speak.t('members.enable', { name }),
    returnLead: speak.t('members.return-lead', { name }),
    passwordLinkPath: paths.memberPasswordLink(_id),
    absencePath: paths.memberAbsence(_id),
    returnPath: paths.memberReturn(_id),
    membersPath: paths.members,
    roleOptions: roleOptions(speak),
  };
}
