import { type Organisation, Organisations } from '../models/organisation.ts';

/** The organisation of this installation, with empty lines before it was set up. */
export async function findOrganisation(): Promise<Pick<Organisation, 'name' | 'funderLine' | 'contact'>> {
  const found = await Organisations.findById('organisation').lean<Organisation>();
  const { name = '', funderLine = '', contact = '' } = found ?? {};
  return { name, funderLine, contact };
}
