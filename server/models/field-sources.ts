import type { FieldSources } from '../domain/written-out.ts';
import { Organisations } from './organisation.ts';

/** Reads what the fields of templates stand for, as it is now. */
export async function fieldSources(
  campaign: FieldSources['campaign'],
  accounts: FieldSources['accounts'],
): Promise<FieldSources> {
  return { organisation: await Organisations.findOne().lean(), campaign, accounts };
}
