import { Agent } from 'node:https';
import { connect, type Socket } from 'node:net';

/**
 * Carries https requests to the rehearsal network on this machine, whatever host they name. Addresses and
 * signatures stay those of the real network, so that going live changes nothing but credentials.
 */
export class RehearsalAgent extends Agent {
  readonly #target: { host: string; port: number };

  constructor(rehearsalUrl: string) {
    super({ keepAlive: false });
    const { hostname, port } = new URL(rehearsalUrl);
    this.#target = { host: hostname, port: Number(port) };
  }

  override createConnection(): Socket {
    return connect(this.#target);
  }
}
