import type { Member } from '../../domain/member.ts';
import { mayDo, type Permission } from '../../domain/roles.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

const TABS = [
  { key: 'me', path: paths.me },
  { key: 'organisation', path: paths.organisation },
  { key: 'members', path: paths.members, permission: 'members.manage' },
  { key: 'trail', path: paths.trail, permission: 'trail.read' },
] as const satisfies readonly { key: string; path: string; permission?: Permission }[];

export type SettingsTab = (typeof TABS)[number]['key'];

/** The rooms of the settings that this member may enter. */
export function settingsTabs(member: Member, here: SettingsTab, speak: Speak) {
  return TABS.filter((tab) => !('permission' in tab) || mayDo(member.roles, tab.permission)).map(
    ({ key, path }) => ({ label: speak.t(`organisation.tab-${key}`), path, isHere: key === here }),
  );
}
