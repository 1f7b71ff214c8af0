import type { Context } from '../context.ts';
import { Incarnations } from '../models/incarnation.ts';
import { ownIdentity } from '../process-identity.ts';

/** Writes down that this process may send from now on, under the name of its queue, and how to know it again. */
export async function beginIncarnation(context: Context): Promise<string> {
  const { name } = context.queue;
  await Incarnations.create({ _id: name, ...ownIdentity(), startedAt: context.clock.now() });
  return name;
}
