import { createServer } from 'node:net';
import type { ContractFault } from './contract.ts';

/** How long an adapter under the contract waits for an answer. */
export const TIMEOUT_MS = 800;

export const threeDaysAgo = () => new Date(Date.now() - 3 * 86_400_000);

/** A slow answer is one that comes after the adapter has stopped waiting. */
export function toFault(fault: ContractFault) {
  return fault.kind === 'slow' ? { ...fault, delayMs: 2 * TIMEOUT_MS } : fault;
}

/** A port at which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
