import { type Organisation, Organisations } from '../models/organisation.ts';

/** The organisation of this installation, with empty lines before it was set up. */
export async function findOrganisation(): Promise<Omit<Organisation, '_id'>> {
  const found = await Organisations.findById('organisation').lean<Organisation>();
  const { name = '', funderLine = '', contact = '', instances = [] } = found ?? {};
  return { name, funderLine, contact, instances };
}
