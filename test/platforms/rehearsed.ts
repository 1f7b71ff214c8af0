import { createServer } from 'node:net';
import type { Credential } from '../../server/domain/credential.ts';
import type { Platform } from '../../server/platforms/platform.ts';
import type { LedgerPost } from '../../server/rehearsal/ledger.ts';

export type ContractFault =
  | { kind: 'slow'; moment: 'before' | 'after' }
  | { kind: 'reset'; moment: 'before' | 'after' }
  | { kind: 'error'; moment: 'before' | 'after' }
  | { kind: 'html'; moment: 'before' | 'after' }
  | { kind: 'cut-body' }
  | { kind: 'unauthorised' }
  | { kind: 'limited'; resetInSeconds: number };

/** An adapter with the network it speaks to, as the contract needs to handle them. */
export interface Rehearsed {
  /** With a time limit well under the suite's. */
  platform: Platform;
  /** The same adapter with nobody at the other end. */
  unreachable: Platform;
  /** Opens a fresh account. */
  openAccount(): Promise<{ credential: Credential; handle: string }>;
  /** Lets the next request of this kind meet with a misfortune. */
  strike(request: 'publish' | 'withdraw' | 'read' | 'upload', fault: ContractFault): void;
  calm(): void;
  /** Everything that this account has ever published, by the network's own ledger. */
  ledgerOf(handle: string): readonly LedgerPost[];
  /** Puts a post three days into the past, so that an audience has answered it; returns its id. */
  publishInThePast(handle: string, text: string): Promise<string>;
  stop(): Promise<void>;
}

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
