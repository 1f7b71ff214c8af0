import type { Context } from '../context.ts';
import { assertListed, instanceOf } from '../domain/instance.ts';
import { Organisations } from '../models/organisation.ts';

/**
 * The host name of a server that a person named, if requests may go there: in the rehearsal all of them end on this
 * machine, else an administrator has listed it. Throws RuleViolation.
 */
export async function assertInstanceAllowed(
  { rehearsal }: Pick<Context, 'rehearsal'>,
  typed: string,
): Promise<string> {
  const instance = instanceOf(typed);
  if (rehearsal) return instance;
  const organisation = await Organisations.findById('organisation').select('instances').lean();
  assertListed(instance, organisation?.instances ?? []);
  return instance;
}
