import type { Request, RequestHandler } from 'express';
import { nameFault } from './faults.ts';
import type { LedgerRequest } from './ledger.ts';
import type { StageWorld } from './stage.ts';
import { type Dialect, type Reply, send, statusOf, strike } from './strike.ts';

/** Does what the request asks and says how it went; may fill in the ledger's entry. */
type Perform = (request: Request, entry: LedgerRequest) => Reply;

/** Puts the outside world around an endpoint of any network: faults, the ledger, the disk, the answer. */
export function throughFaults(
  world: StageWorld,
  { name, dialect, perform }: { name: string; dialect: Dialect; perform: Perform },
): RequestHandler {
  return async (request, response) => {
    const fault = world.faults.draw(name);
    const entry = newEntry(world, name, fault && nameFault(fault));
    const now = world.clock.now();
    if (fault?.moment === 'before' && (await strike(fault, { dialect, response, now }))) {
      await enter(world, request, { ...entry, status: statusOf(fault) });
      return;
    }
    const reply = perform(request, entry);
    await enter(world, request, { ...entry, status: reply.status });
    if (fault?.moment === 'after' && (await strike(fault, { dialect, response, now, reply }))) return;
    send(dialect, response, reply);
  };
}

/** Enters a request that wanted to change something, and waits until all of it is safely on disk. */
async function enter(world: StageWorld, request: Request, entry: LedgerRequest): Promise<void> {
  if (request.method !== 'GET') world.journal.record({ type: 'request-answered', request: entry });
  await world.journal.settled();
}

function newEntry(world: StageWorld, endpoint: string, fault: string | null): LedgerRequest {
  return {
    at: new Date(world.clock.now()).toISOString(),
    endpoint,
    username: null,
    text: null,
    hasActed: false,
    status: null,
    postId: null,
    fault,
  };
}
