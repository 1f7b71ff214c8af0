import type { Member } from '../../domain/member.ts';
import { mayDo } from '../../domain/roles.ts';
import type { Speak } from '../speak.ts';
import { settingsTabs } from './settings.ts';

export function organisationPage(
  organisation: { name: string; funderLine: string; contact: string; instances: readonly string[] },
  reader: Member,
  speak: Speak,
) {
  return {
    title: speak.t('organisation.tab-organisation'),
    tabs: settingsTabs(reader, 'organisation', speak),
    mayEdit: mayDo(reader.roles, 'organisation.edit'),
    ...organisation,
    instances: speak.list(organisation.instances),
  };
}
