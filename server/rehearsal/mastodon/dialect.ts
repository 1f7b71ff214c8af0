import type { Fault } from '../faults.ts';
import { type Dialect, Page, type Reply } from '../strike.ts';
import { limitHeaders } from './limits.ts';
import { invalidToken, MastodonProblem, tooMany } from './problem.ts';
import type { MastodonWorld } from './world.ts';

/** How this make of server words its answers. */
export function createDialect(world: MastodonWorld): Dialect {
  return {
    contentType: () => 'application/json',
    refusal(fault, now) {
      const { problem, headers } = refusalOf(fault, now);
      return errorReply(world, problem, headers);
    },
  };
}

/** An error as this make of server gives it: in JSON, as a page, or with nothing but its status. */
export function errorReply(
  { make }: Pick<MastodonWorld, 'make'>,
  { status, body }: MastodonProblem,
  headers: Record<string, string> = {},
): Reply {
  const { errors } = make.current;
  if (errors === 'empty') return { status, body: undefined, headers };
  return { status, body: errors === 'html' ? new Page(`Error ${status}`) : body, headers };
}

function refusalOf(fault: Fault, now: number): { problem: MastodonProblem; headers: Record<string, string> } {
  if (fault.kind === 'unauthorised') return { problem: invalidToken(), headers: {} };
  if (fault.kind !== 'limited') {
    return { problem: new MastodonProblem(fault.status, 'Service Unavailable'), headers: {} };
  }
  const resetAt = now + fault.resetInSeconds * 1000;
  return { problem: tooMany(), headers: limitHeaders({ limit: 300, remaining: 0, resetAt }) };
}
